"""Past cases out of event logs (CSV, XES, either packed with gzip), streamed in bounded memory.

    log = survey(path)                 # what it is, which attribute means what, how many cases; refuses bad files
    for case in cases(log): ...        # PastCase after PastCase

Both read the file from the beginning, so nothing is given out of a file that turns out to be broken.
"""

from congvu.dossiers.rules.eventlog.cases import WORDS, Doubt, Outcome, PastCase, PastEvent, Tally
from congvu.dossiers.rules.eventlog.mapping import LogMap, overrides_from
from congvu.dossiers.rules.eventlog.reading import Log, Progress, cases, survey
from congvu.dossiers.rules.eventlog.sources import BadLog

__all__ = [
    "WORDS",
    "BadLog",
    "Doubt",
    "Log",
    "LogMap",
    "Outcome",
    "PastCase",
    "PastEvent",
    "Progress",
    "Tally",
    "cases",
    "overrides_from",
    "survey",
]

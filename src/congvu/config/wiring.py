"""Who reacts to what: every cross-area reaction from a low area to a higher one, on one page.

kind of happening -> reactions, each called with (payload, at) in its own transaction by the worker.
"""

from congvu.foundation.happenings.actions import Reaction

REACTIONS: dict[str, tuple[Reaction, ...]] = {}

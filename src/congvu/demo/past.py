"""Dossiers of the years before the two tiers, as an older one-stop system would hand them over: by the agencies, districts
and communes that then stood. Written as past cases are (docs/decisions/0020), so statistics of any year have numbers.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256

from congvu.demo.units import FOUNDED, ROOT, TWO_TIERS
from congvu.dossiers.actions.historical import Holders
from congvu.dossiers.actions.import_cases import CaseWriter, counts_of
from congvu.dossiers.models import CaseImport
from congvu.dossiers.rules.eventlog import PastCase
from congvu.foundation.audit.actions import record
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import add_days, day_start, days_between, previous_day
from congvu.organisation.queries import picture
from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.picture import Picture

_SHARES = ((TINH, 3), (HUYEN, 3), (XA, 6))  # of twelve dossiers
_FIELDS = {
    TINH: ("Đất đai", "Thành lập và hoạt động của doanh nghiệp", "Lao động", "Giao thông"),
    HUYEN: ("Đất đai", "Hộ tịch", "Hộ kinh doanh", "Bảo trợ xã hội"),
    XA: ("Hộ tịch", "Chứng thực", "Bảo trợ xã hội"),
}
_CHANNELS = ("Trực tiếp",) * 8 + ("Bưu chính",)
_TERMS = (3, 5, 7, 10, 15, 20)
_LATE, _DATELESS = 0.05, 0.01


def load(*, count: int, at: datetime, seed: int) -> int:
    """Write `count` dossiers of 2015 to June 2025. Returns how many. About 30 statements a tier and 4 each 2,000 dossiers."""
    known, written = picture(), 0
    root = known.by_code(ROOT)
    assert root is not None  # the province was founded
    for tier, share in _SHARES:
        chance = random.Random(f"past {seed} {tier}")
        stood = {
            known.of(unit)[0].code: unit
            for unit in known.unit_ids
            if known.of(unit)[0].valid_from < TWO_TIERS and known.of(unit)[0].tier == tier
        }
        name = f"mot-cua-2015-2025-cap-{tier.lower()}.csv"
        digest = sha256(f"{name} {seed} {count}".encode()).hexdigest()
        kept = CaseImport.objects.create(sha256=digest, file_name=name, at=at, by=None)
        holders = Holders(
            f"một cửa 2015 - 2025, cấp {tier}", f"Z99CU{tier.replace('_', '')}", tier, SYSTEM, at
        )
        holders.units = {"": root, **stood}
        cases = _cases(chance, known, tier, stood, count * share // 12)
        tally, rejected = CaseWriter(kept.pk, digest, holders).write(cases)
        kept.summary = {**counts_of(tally, rejected), "sha256": digest}
        kept.save(update_fields=["summary"])
        record("dossier.import_cases", "case_import", kept.pk, by=SYSTEM, at=at, after=kept.summary)
        written += tally.cases
    return written


def _cases(
    chance: random.Random, known: Picture, tier: str, stood: dict[str, int], count: int
) -> Iterator[PastCase]:
    last = previous_day(TWO_TIERS)
    days = days_between(FOUNDED, last) - 40  # all are ended before the old offices close
    places: dict[date, Sequence[str]] = {}
    for number in range(count):
        day = add_days(FOUNDED, days * number // count)
        month = day.replace(day=1)
        if month not in places:
            places[month] = [code for code, unit in stood.items() if _handles(known, unit, day, tier)]
        opened = day_start(day).replace(hour=chance.randrange(7, 17), minute=chance.randrange(60))
        due = add_days(day, chance.choice(_TERMS))
        late = chance.random() < _LATE
        ended = (
            add_days(due, chance.randrange(1, 9))
            if late
            else add_days(day, chance.randrange(days_between(day, due) + 1))
        )
        yield PastCase(
            ref=f"{day.year}-{number + 1:06d}",
            opened_at=legal(opened),
            due_on=None if chance.random() < _DATELESS else due,
            ended_at=legal(day_start(ended).replace(hour=16, minute=30)),
            channel=chance.choice(_CHANNELS),
            unit_label=chance.choice(places[month]),
            field_label=chance.choice(_FIELDS[tier]),
            attributes={},
            events=(),
            doubts=(),
        )


def _handles(known: Picture, unit: int, day: date, tier: str) -> bool:
    """Whether dossiers are handed to the unit: offices of the province itself, districts, communes; not rooms and branches."""
    span = known.at(unit, day)
    if span is None or span.parent_id is None:
        return False
    return tier != TINH or span.kind in ("SO", "BAN")

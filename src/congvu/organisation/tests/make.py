"""Builders with plain defaults, for this room's tests and those above."""

from datetime import date, datetime

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.text import fold
from congvu.organisation.models import Unit, UnitVersion
from congvu.organisation.rules.codes import sort_key
from congvu.organisation.rules.kinds import TINH

LONG_AGO = date(2020, 1, 1)
RECORDED = datetime(2020, 1, 1, 8, tzinfo=LEGAL_ZONE)


def a_unit(
    code: str,
    name: str,
    parent: Unit | int | None = None,
    kind: str = "SO",
    *,
    tier: str = TINH,
    short_name: str = "",
    since: date = LONG_AGO,
    until: date | None = None,
    recorded_at: datetime = RECORDED,
) -> Unit:
    """A unit with one version, written straight into the tables (no event, no audit): a starting point for tests.

    The root of a province that its leader sees whole is `a_unit("H99", "UBND tỉnh", kind="UBND")`.
    """
    unit = Unit.objects.create(code=code, kind=kind, recorded_at=recorded_at)
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        name_folded=fold(name),
        short_name=short_name,
        parent_id=parent.id if isinstance(parent, Unit) else parent,
        tier=tier,
        kind=kind,
        sort_key=sort_key(code),
        valid_from=since,
        valid_to=until,
        recorded_at=recorded_at,
    )
    return unit

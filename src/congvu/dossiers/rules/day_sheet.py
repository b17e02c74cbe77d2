"""A collector's day: what was taken by each way, what must lie in the drawer, what differs from the count."""

from collections.abc import Iterable
from dataclasses import dataclass

from congvu.dossiers.rules.money import PayWay


@dataclass(frozen=True, slots=True)
class Taken:
    """What one collector took by one way on one day. Voided receipts are in `receipts` and in `voided`."""

    collector_id: int  # 0: told by a bank
    name: str
    way: PayWay
    receipts: int
    amount: int
    voided: int
    voided_amount: int
    refunded: int

    @property
    def stands(self) -> int:
        """Receipts that stand. Fewer than none: the day voided receipts of an earlier one."""
        return self.receipts - self.voided

    @property
    def net(self) -> int:
        return self.amount - self.voided_amount - self.refunded


@dataclass(frozen=True, slots=True)
class CollectorDay:
    """One collector's day, way by way."""

    collector_id: int
    name: str
    ways: tuple[Taken, ...]

    @property
    def cash(self) -> int:
        """What must lie in the drawer: cash taken, less voided, less given back in cash."""
        return sum(one.net for one in self.ways if one.way == PayWay.COUNTER)

    @property
    def receipts(self) -> int:
        return sum(one.receipts for one in self.ways)

    @property
    def net(self) -> int:
        return sum(one.net for one in self.ways)

    @property
    def sums(self) -> dict[str, list[int]]:
        """What a closing keeps: way -> [receipts, voided, net]."""
        return {one.way.value: [one.receipts, one.voided, one.net] for one in self.ways}


def by_collector(rows: Iterable[Taken]) -> list[CollectorDay]:
    """The collectors of a day in the order of the rows."""
    found: dict[int, list[Taken]] = {}
    for row in rows:
        found.setdefault(row.collector_id, []).append(row)
    return [CollectorDay(who, ways[0].name, tuple(ways)) for who, ways in found.items()]


def total_by_way(days: Iterable[CollectorDay]) -> list[Taken]:
    """The day of the whole one-stop, way by way."""
    rows = [one for day in days for one in day.ways]
    return [
        Taken(
            0, "", way, *(sum(getattr(one, name) for one in rows if one.way == way) for name in
                          ("receipts", "amount", "voided", "voided_amount", "refunded")),
        )
        for way in PayWay
        if any(one.way == way for one in rows)
    ]  # fmt: skip

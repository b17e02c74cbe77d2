"""Thirty thousand people who hold the posts of the ledger, from 2015 to today: worked out here, written by `careers_ink`.

Day by day as decisions give, cut and move posts and units merge and end: who reaches the age retires, people of a merged
unit go along, those beyond the posts or of an ended unit are placed elsewhere or leave, free posts are filled in autumn.
So nobody ever sits on a post that was not given; the build asks the database whether that is so.
"""

import heapq
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from congvu.foundation.workdays.days import add_days, add_months, days_between, next_day, previous_day
from congvu.organisation.rules.picture import Picture
from congvu.people.rules.codes import (
    ASSOCIATION,
    AWAY,
    CIVIL,
    COMMUNE,
    CONTRACT,
    DIED,
    FEMALE,
    FOLLOWED,
    MALE,
    MOVED,
    PUBLIC_BUDGET,
    PUBLIC_OWN,
    RESIGNED,
    RETIRED,
)
from congvu.people.rules.retirement import Ages, retirement_of
from congvu.staffing.rules.fold import Key

FILLED = 98, 100  # of the posts given; the rest are free or under recruitment
_GO_YEARLY = 0.012  # of all, who leave before their age
_MOVE_YEARLY = 0.015
_EARLY_AGE = 50  # beyond the posts and nowhere to go: older people retire early, younger ones resign
_WORK: Mapping[str, tuple[str, ...]] = {
    CIVIL: ("Chuyên viên",) * 8 + ("Cán sự", "Kế toán viên"),
    COMMUNE: (
        "Công chức Văn phòng - Thống kê", "Công chức Tư pháp - Hộ tịch", "Công chức Địa chính - Xây dựng",
        "Công chức Tài chính - Kế toán", "Công chức Văn hóa - Xã hội", "Chỉ huy trưởng Quân sự",
    ),
    CONTRACT: ("Nhân viên lái xe", "Nhân viên bảo vệ", "Nhân viên phục vụ"),
    ASSOCIATION: ("Cán bộ hội",),
}  # fmt: skip
_HEALTH = ("Bác sĩ", "Bác sĩ", "Điều dưỡng", "Điều dưỡng", "Điều dưỡng", "Kỹ thuật y")
_COLLEGES = ("H99.93", "H99.94")
_SCHOOLS = (
    "Giáo viên mầm non", "Giáo viên tiểu học", "Giáo viên tiểu học", "Giáo viên trung học cơ sở",
    "Giáo viên trung học phổ thông", "Kế toán viên",
)  # fmt: skip


@dataclass(slots=True)
class Seat:
    """A full post of a person, from a day until another (not included)."""

    unit: int
    pool: str
    position: str
    since: date
    decision: str
    until: date | None = None
    ending: str = ""
    ending_decision: str = ""
    event: int | None = None  # the merger by which the person came


@dataclass(slots=True)
class Career:
    """One person's working life in the province. `leaves`: the first day no longer in service, and why."""

    birth: date
    sex: str
    hired: date
    leaves: date
    why: str
    seats: list[Seat] = field(default_factory=list)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What holds from a day on: posts given, and posts on which others sit already."""

    on: date
    posts: Mapping[Key, int]
    others: Mapping[Key, int]  # by holder


class Province:
    """The people as the days go by."""

    def __init__(
        self, known: Picture, ages: Ages, numbers: Mapping[int, str], pools: Collection[str], seed: int
    ) -> None:
        self._known, self._ages, self._numbers, self._pools = known, ages, numbers, pools
        self._chance = random.Random(f"careers {seed}")
        self.all: list[Career] = []
        self._serving: list[Career] = []
        self._leaving: list[tuple[date, int]] = []
        self._rooms: dict[Key, list[int]] = {}  # of the day
        self._seated: dict[Key, int] = {}
        self._holders: dict[Key, int | None] = {}

    def walk(self, days: Sequence[Day], until: date) -> list[Career]:
        """Everybody who served between the first of the days and `until`. Each day's people stay within its posts."""
        for place, day in enumerate(days):
            after = days[place + 1].on if place + 1 < len(days) else until
            self._rooms, self._holders = {}, {}
            self._leave(day.on)
            self._follow(day.on)
            self._settle(day)
            if place == 0 or day.on.month == 9:
                if place:
                    self._rotate(day)
                self._fill(day, after, first=place == 0)
        self._leave(until)
        return self.all

    def _leave(self, on: date) -> None:
        while self._leaving and self._leaving[0][0] <= on:
            _, place = heapq.heappop(self._leaving)
            if not self.all[place].gone:
                self._end(self.all[place], self.all[place].leaves, self.all[place].why)
        self._serving = [one for one in self._serving if not one.gone]

    def _end(self, one: Career, on: date, why: str) -> None:
        seat, one.gone, one.leaves = one.seats[-1], True, on
        if seat.since >= on:  # the post of that very day was never taken up
            one.seats.pop()
            seat = one.seats[-1]
        seat.until, seat.ending, seat.ending_decision = on, why, f"{on.day + 31 * on.month}/QĐ-SNV"

    def _follow(self, on: date) -> None:
        """People of units that went whole into one other go along."""
        heirs: dict[int, list[tuple[int, int]]] = {}
        for flow in self._known.flows:
            if flow.effective == on and flow.whole:
                heirs.setdefault(flow.from_id, []).append((flow.to_id, flow.event_id))
        going = {unit: to[0] for unit, to in heirs.items() if len(to) == 1}
        for one in self._serving if going else ():
            while one.seats[-1].unit in going:
                unit, event = going[one.seats[-1].unit]
                self._move(one, unit, one.seats[-1].pool, on, FOLLOWED, self._numbers[event], event)

    def _move(
        self, one: Career, unit: int, pool: str, on: date, why: str, number: str, event: int | None = None
    ) -> None:
        last = one.seats[-1]
        position = last.position if pool == last.pool or last.pool != COMMUNE else "Chuyên viên"
        if last.since == on and len(one.seats) > 1:  # moved on again the same day
            one.seats.pop()
            last = one.seats[-1]
        last.until, last.ending, last.ending_decision = on, why, number
        one.seats.append(Seat(unit, pool, position, on, number, event=event))

    def _holder(self, unit: int, pool: str, day: Day) -> int | None:
        """The unit itself or the nearest above that was given posts of the pool."""
        if (unit, pool) not in self._holders:
            line = (unit, *(span.unit_id for span in self._known.ancestors(unit, day.on)))
            self._holders[unit, pool] = next((one for one in line if day.posts.get((one, pool))), None)
        return self._holders[unit, pool]

    def _settle(self, day: Day) -> None:
        """Everybody on a post of the day; who has none is placed elsewhere or leaves."""
        sitting: dict[Key, list[Career]] = {}
        strays: list[Career] = []
        for one in self._serving:
            seat = one.seats[-1]
            holder = self._holder(seat.unit, seat.pool, day)
            if holder is None:
                strays.append(one)
            else:
                sitting.setdefault((holder, seat.pool), []).append(one)
        self._seated = {}
        for key, people in sitting.items():
            room = max(0, day.posts[key] - day.others.get(key, 0))
            if len(people) > room:
                self._chance.shuffle(people)
                strays += people[room:]
            self._seated[key] = min(len(people), room)
        self._place(strays, day)

    def _place(self, strays: Sequence[Career], day: Day) -> None:
        near = self._neighbours(day.on)
        free = self._free(day)
        gone = False
        for one in strays:
            seat = one.seats[-1]
            pool = CIVIL if seat.pool == COMMUNE else seat.pool
            own = self._holder(seat.unit, pool, day)
            tries = ([own] if own is not None else []) + near.get(seat.unit, [])
            holder = next((unit for unit in tries if self._room(unit, pool, day) > 0), None)
            while holder is None and free.get(pool):
                holder = free[pool][-1]
                if self._room(holder, pool, day) <= 0:
                    free[pool].pop()
                    holder = None
            if holder is None:
                early = days_between(one.birth, day.on) >= _EARLY_AGE * 365
                self._end(one, day.on, RETIRED if early else RESIGNED)
                gone = True
                continue
            self._seated[holder, pool] = self._seated.get((holder, pool), 0) + 1
            self._move(one, self._seat_in(holder, pool, day), pool, day.on, MOVED, self._paper(day.on))
        if gone:
            self._serving = [one for one in self._serving if not one.gone]

    def _neighbours(self, on: date) -> dict[int, list[int]]:
        """Where people of a unit that ends go first: what its own units became, and what it was itself divided into."""
        near: dict[int, list[int]] = {}
        for flow in self._known.flows:
            if flow.effective == on:
                near.setdefault(flow.from_id, []).append(flow.to_id)
                span = self._known.at(flow.from_id, previous_day(on))
                if span is not None and span.parent_id is not None:
                    near.setdefault(span.parent_id, []).append(flow.to_id)
        return {unit: list(dict.fromkeys(to)) for unit, to in near.items()}

    def _free(self, day: Day) -> dict[str, list[int]]:
        free: dict[str, list[int]] = {}
        for unit, pool in sorted(day.posts):
            if self._known.at(unit, day.on) is not None and self._room(unit, pool, day) > 0:
                free.setdefault(pool, []).append(unit)
        for units in free.values():
            self._chance.shuffle(units)
        return free

    def _room(self, holder: int, pool: str, day: Day) -> int:
        key = holder, pool
        return day.posts.get(key, 0) - day.others.get(key, 0) - self._seated.get(key, 0)

    def _seat_in(self, holder: int, pool: str, day: Day) -> int:
        """The unit in which somebody on a post of the holder sits: one of its rooms, for those who work in rooms."""
        if pool != CIVIL:
            return holder
        if (holder, pool) not in self._rooms:
            below = [one.unit_id for one in self._known.children(holder, day.on)]
            self._rooms[holder, pool] = [
                *(one for one in below if self._holder(one, pool, day) == holder),
                holder,
            ]
        return self._chance.choice(self._rooms[holder, pool])

    def _rotate(self, day: Day) -> None:
        """Some are moved to another office that has a free post."""
        free = self._free(day)
        for one in self._chance.sample(self._serving, int(len(self._serving) * _MOVE_YEARLY)):
            seat = one.seats[-1]
            holder = free[seat.pool][-1] if free.get(seat.pool) else None
            before = self._holder(seat.unit, seat.pool, day)
            if holder is None or holder == before or before is None or seat.since >= day.on:
                continue
            self._seated[before, seat.pool] -= 1
            self._seated[holder, seat.pool] = self._seated.get((holder, seat.pool), 0) + 1
            unit = self._seat_in(holder, seat.pool, day)
            self._move(one, unit, seat.pool, day.on, MOVED, self._paper(day.on))
            if self._room(holder, seat.pool, day) <= 0:
                free[seat.pool].pop()

    def _fill(self, day: Day, until: date, *, first: bool) -> None:
        gap = max(1, days_between(day.on, until))
        for (unit, pool), posts in sorted(day.posts.items()):
            if pool not in self._pools or self._known.at(unit, day.on) is None:
                continue
            wanted = (posts * FILLED[0] + FILLED[1] // 2) // FILLED[1] - day.others.get((unit, pool), 0)
            for _ in range(wanted - self._seated.get((unit, pool), 0)):
                since = day.on if first else add_days(day.on, self._chance.randrange(gap))
                one = self._somebody(day.on, since, first=first)
                code = self._known.of(unit)[0].code
                seat = self._seat_in(unit, pool, day)
                one.seats.append(Seat(seat, pool, self._position(code, pool), since, self._paper(since)))
                self._serving.append(one)

    def _somebody(self, on: date, since: date, *, first: bool) -> Career:
        chance = self._chance
        sex = chance.choice((MALE, FEMALE))
        while True:
            age = chance.randrange(24 * 12, 60 * 12) if first else chance.randrange(22 * 12, 30 * 12)
            birth = add_days(add_months(on, -age), -chance.randrange(28))
            end = next_day(retirement_of(birth, sex, self._ages).last_day)
            if days_between(on, end) > 180:
                break
        hired = add_days(add_months(birth, 22 * 12 + chance.randrange(30)), chance.randrange(28))
        hired = min(hired, add_months(on, -chance.randrange(2, 30))) if first else since
        leaves, why = end, RETIRED
        wait = int(chance.expovariate(_GO_YEARLY) * 365)
        if 400 < wait < days_between(on, end):
            leaves, why = add_days(on, wait), chance.choice((RESIGNED, RESIGNED, RESIGNED, AWAY, DIED))
        made = Career(birth, sex, hired, leaves, why)
        heapq.heappush(self._leaving, (leaves, len(self.all)))
        self.all.append(made)
        return made

    def _position(self, code: str, pool: str) -> str:
        if pool in (PUBLIC_BUDGET, PUBLIC_OWN):
            if code in _COLLEGES:
                works: tuple[str, ...] = ("Giảng viên",) * 5 + ("Kế toán viên",)
            elif code == "H99.17":
                works = _HEALTH
            else:
                schools = code.startswith("H99.D") or code == "H99.04" or 30 < int(code.split(".")[1]) <= 90
                works = _SCHOOLS if schools else ("Viên chức chuyên môn",)
        else:
            works = _WORK[pool]
        return self._chance.choice(works)

    def _paper(self, on: date) -> str:
        return f"{self._chance.randrange(100, 3000)}/QĐ-{'UBND' if on.month == 7 else 'SNV'}"


def days_of(
    starts: Sequence[date],
    until: date,
    balances: Sequence[Mapping[Key, int]],
    others: Sequence[Seat],
    known: Picture,
) -> list[Day]:
    """The days with their posts, and with the posts that `others` take at any time before the next of them."""
    made = []
    for place, (on, posts) in enumerate(zip(starts, balances, strict=True)):
        after = starts[place + 1] if place + 1 < len(starts) else next_day(until)
        taken: dict[Key, int] = {}
        for seat in others:
            if seat.since >= after or (seat.until is not None and seat.until <= on):
                continue
            line = (seat.unit, *(span.unit_id for span in known.ancestors(seat.unit, on)))
            holder = next((one for one in line if posts.get((one, seat.pool))), None)
            if holder is not None:
                taken[holder, seat.pool] = taken.get((holder, seat.pool), 0) + 1
        made.append(Day(on, posts, taken))
    return made


def days_of_change(decided: Iterable[date], flowed: Iterable[date], first: date, until: date) -> list[date]:
    """The days on which posts or units change, and the recruitment of every September, in order."""
    autumns = {date(year, 9, 1) for year in range(first.year, until.year + 1)}
    return sorted({first, *(day for day in (*decided, *flowed, *autumns) if first <= day < until)})

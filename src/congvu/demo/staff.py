"""The civil servants of the demo province: who holds which post since when, on which step, trained how.

Names come from the demo's own lists, numbers use province code 099: no person is meant. Everybody is entered through
the actions, with the posts held in offices that were merged since.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congvu.demo.people import FAMILY, GIVEN, MIDDLE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import add_days, add_months
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Node, Picture
from congvu.people.actions.appoint import appoint
from congvu.people.actions.correct import add_part
from congvu.people.actions.enter import NewPerson, Step, enter
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.actions.recording import Decision
from congvu.people.models import Person
from congvu.people.queries.law import grades_on
from congvu.people.rules.codes import CIVIL, COMMUNE, CONCURRENT, CONTRACT, FEMALE, FULL, MALE, SECONDED
from congvu.people.rules.record import Facts, Post
from congvu.people.rules.salary import Grades

DESK_COMMUNES = 3
PAPER = Decision("01/QĐ-SNV", date(2025, 7, 1), "Sở Nội vụ")
_PEOPLES = ("Kinh",) * 14 + ("Tày", "Nùng", "Dao", "Mường", "Mông", "Thái")
_LEVELS = ("DH",) * 12 + ("THS",) * 5 + ("CD", "TC", "TS")
_HEADS = {
    "SO": ("Giám đốc Sở", "Phó Giám đốc Sở"),
    "BAN": ("Trưởng Ban", "Phó Trưởng Ban"),
    "VAN_PHONG": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "TRUNG_TAM_PVHCC": ("Giám đốc Trung tâm", "Phó Giám đốc Trung tâm"),
    "CHI_CUC": ("Chi cục trưởng", "Phó Chi cục trưởng"),
    "PHONG": ("Trưởng phòng", "Phó Trưởng phòng"),
    "XA": ("Chủ tịch UBND", "Phó Chủ tịch UBND"),
    "PHUONG": ("Chủ tịch UBND", "Phó Chủ tịch UBND"),
}

_NOT_HERE = (
    "CONG_AN",
    "NGANH_DOC",
    "DON_VI_SU_NGHIEP",
)  # keep their own people; employees come with the careers


@dataclass(frozen=True, slots=True)
class Place:
    """Posts of one unit that the demo fills."""

    node: Node
    positions: tuple[str, ...]
    pool: str


def load(*, at: datetime, seed: int, every: bool) -> int:
    """Enter the people of a desk (about 150), or of every unit (`every`). Returns how many. About 50 statements."""
    chance = random.Random(f"staff {seed}")
    known, today = picture(), at.date()
    grades = grades_on(today)
    people = [
        _someone(chance, place.node, position, place.pool, nth, known, today, grades)
        for place in places(known, today, every=every)
        for nth, position in enumerate(place.positions)
    ]
    made = enter(people, decision=PAPER, by=SYSTEM, at=at)
    _lives(made, people, at)
    return len(made)


def _lives(made: Sequence[Person], people: Sequence[NewPerson], at: datetime) -> None:
    """Some of what happens to people: one is sent elsewhere for a time, one holds two posts, files have their papers."""
    heads = [
        (row, one) for row, one in zip(made, people, strict=True) if one.posts[-1].position == "Trưởng phòng"
    ]
    since = at.date().replace(day=1)
    away, both, host = heads[0], heads[1], heads[2][1].posts[-1].unit_id
    until = add_months(since, 12)
    posts = [
        (away[0].pk, Post(host, SECONDED, CIVIL, "Chuyên viên", since, until)),
        (both[0].pk, Post(host, CONCURRENT, CIVIL, "Phụ trách phòng", since)),
    ]
    appoint(posts, decision=PAPER, by=SYSTEM, at=at)
    for row, one in heads[:3]:
        hired = one.facts.hired_on or since
        training = ("training", "qlnn", "Quản lý nhà nước ngạch chuyên viên", hired)
        kind, code, title, day = training
        add_part(row.pk, kind, code, title, first=day, by=SYSTEM, at=at)
        for paper in (
            Paper("2c", "Sơ yếu lý lịch", dated=hired, sheets=4),
            Paper("quyet_dinh", "Quyết định tuyển dụng", "12/QĐ-SNV", hired, "Sở Nội vụ", 2),
        ):
            add_paper(row.pk, paper, by=SYSTEM, at=at)


def places(known: Picture, today: date, *, every: bool) -> Iterator[Place]:
    """The units to be filled and with whom."""
    communes = 0
    keep_under: set[int] = set()
    for node in known.tree(today):
        commune = node.tier == "XA"
        if commune and node.parent_id not in keep_under:
            communes += 1
            if not every and communes > DESK_COMMUNES:
                continue
            keep_under.add(node.unit_id)
        if node.kind in _NOT_HERE or node.depth == 0 or _outside(node, known, today):
            continue
        more: tuple[str, ...] = ("Chuyên viên",) if node.depth > 1 or not node.below else ()
        heads = _HEADS.get(node.kind, ("Trưởng phòng",))
        taken = heads[:1] if node.depth > 1 else heads
        if not node.below and node.depth == 1:
            more = ("Chuyên viên", "Chuyên viên", "Nhân viên")
        yield Place(node, (*taken, *more), CIVIL)


def _outside(node: Node, known: Picture, today: date) -> bool:
    """Rooms of the police and the like keep their own people."""
    return any(span.kind in ("CONG_AN", "NGANH_DOC") for span in known.ancestors(node.unit_id, today))


def _someone(
    chance: random.Random, node: Node, position: str, pool: str, nth: int, known: Picture, today: date, grades: Grades
) -> NewPerson:  # fmt: skip
    sex = chance.choice((MALE, FEMALE))
    names = 0 if sex == FEMALE else 1
    name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[names])} {chance.choice(GIVEN[names])}"
    age = chance.randrange(36, 62) if nth == 0 else chance.randrange(24, 58)
    birth = add_days(add_months(today, -12 * age), -chance.randrange(360))
    hired = add_days(add_months(birth, 12 * 23), chance.randrange(300))
    level = "TC" if position == "Nhân viên" else chance.choice(_LEVELS)
    hired = max(min(hired, add_months(today, -14)), add_months(birth, 12 * 19))
    facts = Facts(
        name, birth, sex, chance.choice(_PEOPLES), f"099{2 if sex == MALE else 3}{chance.randrange(10**8):08d}",
        hired, level, chance.choice(("CC", "TC") if nth == 0 else ("TC", "SC", "")),
        {"home_place": "Bình Giang", "general_education": "12/12", "phone": f"0900{chance.randrange(10**6):06d}"},
    )  # fmt: skip
    kind = CONTRACT if position == "Nhân viên" else pool
    return NewPerson(
        facts,
        tuple(_posts(node, position, kind, hired, known)),
        "",
        _step(chance, position, hired, today, grades),
    )


def _posts(node: Node, position: str, pool: str, hired: date, known: Picture) -> Sequence[Post]:
    """The post of today, and the one before it in the office that was merged into this one."""
    began = max(known.of(node.unit_id)[0].valid_from, hired)
    before = next(
        (
            flow
            for flow in known.flows
            if flow.to_id == node.unit_id and flow.whole and flow.effective == began
        ),
        None,
    )
    now = Post(node.unit_id, FULL, pool, position, began)
    if before is None:
        return (now,)
    since = max(known.of(before.from_id)[0].valid_from, hired)
    if since >= began:
        return (now,)
    earlier = COMMUNE if pool == CIVIL and node.tier == "XA" else pool  # one civil service since July 2025
    return Post(before.from_id, FULL, earlier, position, since, began), now


def _step(chance: random.Random, position: str, hired: date, today: date, grades: Grades) -> Step:
    """A step that the years of service allow, with the wait for the next one running."""
    years = today.year - hired.year
    code = (
        "01.005"
        if position == "Nhân viên"
        else "01.002"
        if years > 15 and position != "Chuyên viên"
        else "01.003"
    )
    grade = grades[code]
    waits = max(0, years * 12 // grade.months - (5 if code == "01.002" else 0))
    step = min(waits + 1, grade.last_step)
    over = 5 if waits + 1 > grade.last_step else 0
    longest = (
        13 if over else grade.months + 2
    )  # some have waited a little too long: the list of those due lives
    since = add_days(add_months(today, -chance.randrange(1, longest + 1)), -chance.randrange(28))
    return Step(code, step, max(since, hired), over)

"""Nhập nhân sự từ bảng tính: read, answer every row, and, when it is not a rehearsal, enter the good ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.foundation.text import fold
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import refuse_unless_keeps, sight_of
from congvu.people.actions.enter import NewPerson, Step, enter, taken
from congvu.people.actions.limits import newcomers, posts_refused
from congvu.people.actions.recording import Decision, refuse_unit_not_there
from congvu.people.models import PersonVersion
from congvu.people.queries.law import grades_on
from congvu.people.rules.codes import FULL
from congvu.people.rules.record import Post, overlaps
from congvu.people.rules.salary import Grades, grade
from congvu.people.rules.sheet import COLUMNS, Context, Taken, guessed, missing, rows_taken

_BEFORE = "Người đã ở đó trước khi đơn vị lập sổ: ghi đúng ngày nhận vị trí."


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a row: "ok", "nhập" or "không nhận", with reasons."""

    row: int
    name: str
    ok: bool
    problems: tuple[tuple[str, str], ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole sheet, answered. `entered` is 0 in a rehearsal."""

    sheet: str
    columns: Mapping[str, int]
    rows: tuple[Answer, ...]
    entered: int

    @property
    def refused(self) -> int:
        return sum(not one.ok for one in self.rows)


@transaction.atomic
def import_people(
    read: Sheet,
    *,
    mapping: Mapping[str, int] | None = None,
    dry_run: bool,
    decision: Decision,
    by: Actor,
    at: datetime,
) -> Report:
    """Answer every row; enter the good ones unless it is a rehearsal. 7 statements in a rehearsal, 20 else, and those of the
    guards of posts for who is taken in anew.

    Refuses the whole sheet only when a needed column is nowhere. A row is refused by itself: a day nobody can read, a
    birth in the future, an unknown unit, a number or citizen number twice in the sheet or in the register, a name and
    birth that are there already where no citizen numbers tell the two apart, two full posts at once of one person, a
    cell merged over rows, somebody taken in anew (`newcomers`) for whom no post is free.
    """
    columns = dict(mapping) if mapping is not None else guessed(read)
    gaps = missing(columns)
    if gaps:
        raise Refused(
            f"Không thấy cột: {', '.join(gaps)}.", where=read.name, do="Ghép cột bằng tay trên trang nhập."
        )
    if not dry_run:
        _one_at_a_time()
    known, grades = picture(), grades_on(at.date())
    rows = rows_taken(read, columns, _context(known, grades, by, at.date()))
    rows = _without_doubles(rows)
    rows = _without_known(rows)
    rows = _within_posts(rows, known, at.date())
    good = [one for one in rows if not one.problems]
    numbers: dict[int, str] = {}
    if good and not dry_run:
        made = enter([_person(one) for one in good], decision=decision, by=by, at=at)
        numbers = {one.row: person.number for one, person in zip(good, made, strict=True)}
    answers = tuple(
        Answer(one.row, one.name, not one.problems, one.problems, numbers.get(one.row, "")) for one in rows
    )
    return Report(read.name, columns, answers, len(numbers))


def _one_at_a_time() -> None:
    """Two imports wait for each other: the second finds whom the first has entered. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('people.import', 0))")


def _context(known: Picture, grades: Grades, by: Actor, today: date) -> Context:
    codes = {span.code: span.unit_id for span in known.spans()}
    names: dict[str, set[int]] = {}
    for node in known.tree(today):
        names.setdefault(fold(node.name), set()).add(node.unit_id)
    sight = sight_of(by, today, known)

    def unit_of(text: str) -> int:
        found = codes.get(text.upper())
        by_name = names.get(fold(text), set())
        if found is None and len(by_name) > 1:
            raise Refused(f"Có {len(by_name)} đơn vị tên «{text}».", do="Ghi mã đơn vị thay cho tên.")
        if found is None and not by_name:
            raise Refused(f"Không có đơn vị «{text[:60]}».", do="Ghi mã hoặc tên đúng như trang Tổ chức.")
        return found if found is not None else next(iter(by_name))

    def check_post(post: Post) -> None:
        refuse_unit_not_there(post, known)
        if not by.system:
            refuse_unless_keeps(sight, {post.unit_id})

    def check_step(code: str, step: int) -> None:
        grade(code, grades).coefficient(step)

    return Context(today, unit_of, check_post, check_step)


def _without_doubles(rows: Sequence[Taken]) -> list[Taken]:
    """Rows whose number or citizen number stood above already say so; two full posts of one person are named as that."""
    seen: dict[str, Taken] = {}
    answered: list[Taken] = []
    for one in rows:
        wrong = one.problems
        keys = _keys(one, seen)
        same = next((seen[key] for key in keys if key in seen), None)
        if same is not None and not wrong:
            wrong = (_double(one, same),)
        for key in (*keys, _born(one)):
            seen.setdefault(key, one)
        answered.append(_with(one, wrong))
    return answered


def _keys(one: Taken, seen: Mapping[str, Taken]) -> list[str]:
    """What a row may be known by. Name and birth alone only when one of the two rows has no citizen number."""
    citizen = one.facts.citizen_number if one.facts else ""
    keys = [key for key in (one.number, citizen) if key]
    above = seen.get(_born(one))
    if above is not None and one.facts and above.facts and not (citizen and above.facts.citizen_number):
        keys.append(_born(one))
    return keys


def _born(one: Taken) -> str:
    return f"{fold(one.name)} {one.facts.birth if one.facts else ''}"


def _double(one: Taken, above: Taken) -> tuple[str, str]:
    a, b = one.post, above.post
    full = a is not None and b is not None and a.kind == b.kind == FULL
    same = fold(one.name) == fold(above.name)
    if a and b and full and same and overlaps(a.valid_from, a.valid_to, b.valid_from, b.valid_to):
        return (
            "post",
            f"{one.name} đã có một vị trí chuyên trách ở dòng {above.row}. Bỏ một dòng rồi ghi kiêm nhiệm sau khi nhập; "
            "nếu là hai người trùng tên, ghi số định danh của cả hai.",
        )
    return (
        "number",
        f"Trùng số hiệu hoặc số định danh với dòng {above.row} ({above.name}). Sửa một trong hai.",
    )


def _without_known(rows: Sequence[Taken]) -> list[Taken]:
    """Rows whose person the register has already say whose file it is. 3 statements."""
    given, owners = taken(
        [one.number for one in rows], [one.facts.citizen_number for one in rows if one.facts]
    )
    alike = _alike(rows)
    answered: list[Taken] = []
    for one in rows:
        wrong = one.problems
        owner = owners.get(one.facts.citizen_number) if one.facts and one.facts.citizen_number else None
        if not wrong and one.number in given:
            wrong = (("number", f"Số hiệu {one.number} đã cấp. Để trống để hệ thống cấp số."),)
        elif not wrong and owner:
            wrong = (("citizen_number", f"Số định danh đã có ở hồ sơ {owner}. Mở hồ sơ đó để bổ sung."),)
        elif not wrong and one.facts:
            wrong = _same_name(one, alike.get(_born(one), {}))
        answered.append(_with(one, wrong))
    return answered


def _alike(rows: Sequence[Taken]) -> dict[str, dict[str, str]]:
    """Whom the register has under the names and births of the rows: {name and birth: {file: citizen number}}. 1 statement."""
    known = PersonVersion.objects.filter(
        superseded_at=None,
        name_folded__in={fold(one.name) for one in rows},
        birth__in={one.facts.birth for one in rows if one.facts},
    )
    found: dict[str, dict[str, str]] = {}
    for name, birth, citizen, file in known.values_list(
        "name_folded", "birth", "citizen_number", "person__number"
    ):
        found.setdefault(f"{name} {birth}", {})[file] = citizen
    return found


def _same_name(one: Taken, files: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """As within the sheet: name and birth alone tell when one of the two has no citizen number."""
    citizen = one.facts.citizen_number if one.facts else ""
    file = next((file for file, theirs in files.items() if not (citizen and theirs)), None)
    if file is None:
        return ()
    told = f"{one.name} sinh cùng ngày đã có ở hồ sơ {file}. Mở hồ sơ đó để bổ sung; nếu là hai người trùng tên, "
    return (("name", f"{told}ghi số định danh của cả hai."),)


def _within_posts(rows: Sequence[Taken], known: Picture, today: date) -> list[Taken]:
    """Rows taken in anew beyond the posts given say which decision gave how many; the rows above them had the free ones."""
    good = [at for at, one in enumerate(rows) if not one.problems]
    posts = [post for at in good if (post := rows[at].post) is not None]
    anew = newcomers(posts, known, today)
    refused = posts_refused([posts[at] for at in anew], (), today)
    answered = list(rows)
    for place, refusal in refused.items():
        one = rows[good[anew[place]]]
        said = f"{refusal.what} {refusal.do} {_BEFORE}"
        answered[good[anew[place]]] = _with(one, (("post", said),))
    return answered


def _with(one: Taken, problems: tuple[tuple[str, str], ...]) -> Taken:
    return Taken(one.row, one.name, one.facts, one.post, one.number, one.salary, problems)


def _person(one: Taken) -> NewPerson:
    assert one.facts is not None and one.post is not None
    step = Step(one.salary.grade, one.salary.step, one.salary.since) if one.salary else None
    return NewPerson(one.facts, (one.post,), one.number, step)


def as_document(report: Report, file: str, *, dry_run: bool) -> dict[str, Any]:
    """The report for scripts: every row, with its reasons."""
    return {
        "file": file,
        "sheet": report.sheet,
        "dry_run": dry_run,
        "columns": {COLUMNS[key][0]: place + 1 for key, place in report.columns.items()},
        "read": len(report.rows),
        "accepted": len(report.rows) - report.refused,
        "refused": report.refused,
        "entered": report.entered,
        "rows": [
            {
                "row": one.row,
                "name": one.name,
                "ok": one.ok,
                "number": one.number,
                "problems": [{"field": field, "why": why} for field, why in one.problems],
            }
            for one in report.rows
        ],
    }

"""What every verb on people shares: reading the rows to change under lock, superseding, writing, refusing in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection
from django.db.models import Model
from django.forms.models import model_to_dict

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.people.access import refuse_unless_keeps, sight_of
from congvu.people.models import Appointment, Dated, Person, PersonVersion
from congvu.people.rules.home import home_of
from congvu.people.rules.record import Held, Post

Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper a change rests on."""

    number: str
    signed_on: date | None = None
    by: str = ""

    def fields(self, by: Actor, at: datetime) -> dict[str, Any]:
        """What a row keeps of it, with who recorded it and when."""
        return {
            "decision_number": composed(self.number)[:100],
            "decision_date": self.signed_on,
            "decided_by": composed(self.by)[:200],
            "recorded_at": at,
            "recorded_by": by.name[:200],
        }


def refuse_without_decision(decision: Decision) -> None:
    """Posts, steps and corrections rest on a paper."""
    if not composed(decision.number):
        raise Refused(
            "Thiếu số, ký hiệu quyết định.", where="decision", do="Ghi số quyết định, ví dụ 15/QĐ-SNV."
        )


def locked(person_ids: Collection[int]) -> dict[int, Person]:
    """The people, locked in the order of their ids so that two verbs never wait for each other. 1 statement."""
    found = Person.objects.select_for_update().filter(id__in=set(person_ids)).order_by("id")
    people = {one.pk: one for one in found}
    if len(people) != len(set(person_ids)):
        raise Refused("Có người không còn trong danh sách.", do="Tải lại trang rồi chọn lại.")
    return people


def posts_of(person_ids: Collection[int]) -> dict[int, list[Appointment]]:
    """Every believed post of the people, oldest first. 1 statement."""
    found: dict[int, list[Appointment]] = {one: [] for one in person_ids}
    for post in Appointment.objects.filter(person__in=person_ids, superseded_at=None).order_by(
        "valid_from", "id"
    ):
        found[post.person_id].append(post)
    return found


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """The latest believed name of each. 1 statement."""
    rows = PersonVersion.objects.filter(person__in=person_ids, superseded_at=None).order_by("valid_from")
    return {one.person_id: one.name for one in rows}


def held(posts: Iterable[Appointment], known: Picture) -> list[Held]:
    """Posts as the rules look at them."""
    return [
        Held(one.kind, one.valid_from, one.valid_to, known.name(one.unit_id, one.valid_from)) for one in posts
    ]


def supersede(rows: Sequence[Dated], at: datetime) -> None:
    """Believe the rows no longer. 1 statement. Refuses when someone else was faster."""
    if not rows:
        return
    manager: Any = type(rows[0])._default_manager
    changed = manager.filter(pk__in=[one.pk for one in rows], superseded_at=None).update(superseded_at=at)
    if changed != len(rows):
        raise Refused("Hồ sơ vừa được người khác sửa.", do="Tải lại trang rồi làm lại.")


def again(row: Row, at: datetime, by: Actor, **changes: Any) -> Row:
    """A new row like an old one but for `changes`, recorded now; the decision of the old one stands unless changed."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    values |= {"recorded_at": at, "recorded_by": by.name[:200], "superseded_at": None, **changes}
    return type(row)(**values)


def write(rows: Sequence[Row]) -> list[Row]:
    """Write the rows of one table. 1 statement. What only the database can see comes back in words."""
    if not rows:
        return []
    manager: Any = type(rows[0])._default_manager
    try:
        return list(manager.bulk_create(rows, batch_size=5000))
    except IntegrityError as clash:
        raise Refused(_clash(str(clash)), do="Tải lại trang, kiểm tra các ngày rồi làm lại.") from clash


def _clash(text: str) -> str:
    if "appointment_one_full_post" in text:
        return "Một người không giữ hai vị trí chuyên trách cùng lúc."
    if "person_own_citizen_number" in text:
        return "Số định danh này đã có ở hồ sơ của người khác."
    if "salary_one_step_at_a_time" in text:
        return "Hai bậc lương chồng ngày nhau."
    return "Dữ liệu không khớp với hồ sơ đang có."


def refuse_unit_not_there(post: Post, known: Picture) -> None:
    """A post needs its unit on every day it is held."""
    span, spans = known.at(post.unit_id, post.valid_from), known.of(post.unit_id)
    name = known.name(post.unit_id, post.valid_from) or "này"
    if span is None:
        raise Refused(
            f"Ngày {post.valid_from:%d/%m/%Y} đơn vị {name} chưa có hoặc không còn.",
            where="unit_id",
            do="Chọn đơn vị có vào ngày ấy, hoặc sửa ngày.",
        )
    end = spans[-1].valid_to
    if end is not None and (post.valid_to is None or post.valid_to > end):
        raise Refused(
            f"Đơn vị {name} chấm dứt từ {end:%d/%m/%Y}.",
            where="unit_id",
            do="Ghi ngày thôi giữ không sau ngày đó, rồi ghi vị trí ở đơn vị kế thừa.",
        )


def refuse_unless_may_keep(by: Actor, at: datetime, known: Picture, unit_ids: Iterable[int]) -> None:
    """Refuses an actor who does not keep the people of every one of the units. No statement."""
    if not by.system:
        refuse_unless_keeps(sight_of(by, at.date(), known), set(unit_ids))


def keeping(person_id: int, by: Actor, at: datetime) -> None:
    """Lock the person; refuse who does not keep the record. 2 statements, one more for the picture."""
    locked([person_id])
    refuse_unless_keeps_files([person_id], by, at)


def refuse_unless_keeps_files(person_ids: Collection[int], by: Actor, at: datetime) -> None:
    """Refuses an actor who does not keep the files of all the people; without any post, only who keeps all the
    province's does. 1 statement, one more for the picture; none for the system.
    """
    if by.system:
        return
    homes = {home_of(posts, at.date()) for posts in posts_of(person_ids).values()}
    refuse_unless_may_keep(by, at, picture(), homes)


def new_ids(count: int) -> list[int]:
    """Ids for people about to be written: their numbers are made of them. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def told(row: Model) -> Mapping[str, Any]:
    """A row as the audit log keeps it."""
    left_out = {"id", "person", "superseded_at", "recorded_at", "recorded_by", "name_folded", "sort_key"}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in model_to_dict(row).items()
        if name not in left_out and value not in (None, "", {})
    }

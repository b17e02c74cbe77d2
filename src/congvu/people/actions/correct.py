"""Đính chính, thay đổi thông tin: what a file says is superseded by a decision, never edited."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.people.actions.enter import taken, version_row
from congvu.people.actions.recording import (
    Decision,
    again,
    keeping,
    refuse_without_decision,
    supersede,
    told,
    write,
)
from congvu.people.models import Correction, FilePart, PersonVersion, SensitiveVersion
from congvu.people.rules.codes import (
    DETAILS,
    POLITICS,
    QUALIFICATIONS,
    RELATIONS,
    SENSITIVE,
    SEXES,
    TRAININGS,
)
from congvu.people.rules.record import Facts, checked

PART_CODES = {"training": TRAININGS, "family": RELATIONS}


@transaction.atomic
def correct(
    person_id: int,
    facts: Facts,
    *,
    why: str,
    since: date | None = None,
    decision: Decision,
    by: Actor,
    at: datetime,
) -> PersonVersion:
    """What the file says of a person, put right. 9 statements.

    Without `since` the latest version was wrong and is replaced over its whole span; with it, things changed on that
    day and what was before stays. Only by decision (TT 11/2012/TT-BNV, TT 07/2019/TT-BNV) and with a reason.
    """
    refuse_without_decision(decision)
    reason = composed(why)[:500]
    if not reason:
        raise Refused("Chưa ghi lý do.", where="why", do="Ghi lý do, ví dụ: theo giấy khai sinh gốc.")
    keeping(person_id, by, at)
    clean = checked(facts, at.date())
    old = PersonVersion.objects.filter(person=person_id, superseded_at=None).order_by("-valid_from").first()
    if old is None:
        raise Refused("Không có hồ sơ này.", do="Tải lại trang.")
    _, owners = taken([], [clean.citizen_number] if clean.citizen_number != old.citizen_number else [])
    if owners:
        raise Refused(
            f"Số định danh này đã có ở hồ sơ {min(owners.values())}.",
            where="citizen_number",
            do="Kiểm tra lại số.",
        )
    paper = decision.fields(by, at)
    begins = since or (clean.birth if old.valid_from == old.birth else old.valid_from)
    if since is not None and since <= old.valid_from:
        raise Refused("Ngày thay đổi trước bản đang có.", where="since", do="Để trống nếu là đính chính.")
    new = version_row(person_id, replace(clean, details={**old.details, **clean.details}), begins, paper)
    supersede([old], at)
    write([*([again(old, at, by, valid_to=since)] if since else []), new])
    verb = "people.change" if since else "people.correct"
    before, after = told(old), told(new)
    lines = sorted(name for name in {**before, **after} if before.get(name) != after.get(name))
    if since is None:
        _to_ledger(old, new, reason, decision, by, at)
    record(verb, "person", person_id, by=by, at=at, why=reason, after={"lines": ", ".join(lines)})
    return new


def _to_ledger(
    old: PersonVersion, new: PersonVersion, reason: str, decision: Decision, by: Actor, at: datetime
) -> None:
    """The correction beside those of posts and steps: each line of the form that was wrong, before and after."""
    was, became = facts_words(old), facts_words(new)
    wrong = [words for words in {**was, **became} if was.get(words, "") != became.get(words, "")]
    Correction.objects.create(
        person_id=old.person_id, line=Correction.WHO, old_id=old.pk, new_id=new.pk, reason=reason,
        was="; ".join(f"{words}: {was.get(words) or '–'}" for words in wrong)[:1000] or "–",
        became="; ".join(f"{words}: {became.get(words) or '–'}" for words in wrong)[:1000],
        corrected=old.decision_number or "Hồ sơ đã lập", **decision.fields(by, at),
    )  # fmt: skip


def facts_words(row: PersonVersion) -> dict[str, str]:
    """Words of the form -> what a version says there."""
    told = {
        "Họ và tên": row.name,
        "Ngày sinh": f"{row.birth:%d/%m/%Y}",
        "Giới tính": SEXES.get(row.sex, row.sex),
        "Dân tộc": row.ethnicity,
        "Số định danh": row.citizen_number,
        "Ngày tuyển dụng": f"{row.hired_on:%d/%m/%Y}" if row.hired_on else "",
        "Trình độ chuyên môn": QUALIFICATIONS.get(row.qualification, ""),
        "Lý luận chính trị": POLITICS.get(row.politics, ""),
    }
    return {**told, **{words: str(row.details.get(key, "")) for key, words in DETAILS.items()}}


@transaction.atomic
def keep_sensitive(
    person_id: int, facts: dict[str, str], *, decision: Decision, by: Actor, at: datetime
) -> None:
    """Write the sensitive lines anew. 6 statements. The log says which lines, never what stands in them."""
    keeping(person_id, by, at)
    clean = {key: composed(text)[:500] for key, text in facts.items() if key in SENSITIVE and composed(text)}
    old = SensitiveVersion.objects.filter(person=person_id, superseded_at=None).first()
    supersede([old] if old else [], at)
    begins = old.valid_from if old else date(1900, 1, 1)
    write([SensitiveVersion(person_id=person_id, facts=clean, valid_from=begins, **decision.fields(by, at))])
    record(
        "people.keep_sensitive", "person", person_id, by=by, at=at, why=decision.number, after={"lines": ", ".join(sorted(clean))}
    )  # fmt: skip


@transaction.atomic
def add_part(
    person_id: int,
    kind: str,
    code: str,
    title: str,
    *,
    note: str = "",
    first: date | None = None,
    last: date | None = None,
    by: Actor,
    at: datetime,
) -> FilePart:
    """A training or a relative comes into the file. 5 statements."""
    if code not in PART_CODES.get(kind, {}):
        raise Refused("Chưa chọn loại.", where="code", do="Chọn trong danh sách.")
    name = composed(title)[:300]
    if not name:
        raise Refused("Chưa ghi nội dung.", where="title", do="Ghi tên lớp hoặc họ tên.")
    if first and last and last < first:
        raise Refused("Ngày cuối trước ngày đầu.", where="last", do="Sửa một trong hai ngày.")
    keeping(person_id, by, at)
    row = FilePart.objects.create(
        person_id=person_id, kind=kind, code=code, title=name, note=composed(note)[:500], first=first, last=last,
        recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip
    record("people.add_part", "person", person_id, by=by, at=at, after={"lines": kind})
    return row

"""Thông báo nghỉ hưu: the letter that tells someone the day, months ahead; issued, and printed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.people.actions.recording import keeping
from congvu.people.models import PersonVersion, RetirementNotice
from congvu.people.queries.law import NOTICE, RETIREMENT, personnel_rules
from congvu.people.rules.retirement import Retirement, ages_of, retirement_of


@dataclass(frozen=True, slots=True)
class Told:
    """What the letter says: who, when; its number and day when it is issued. `rule`: how early it must be out."""

    name: str
    birth: date
    sex: str
    retirement: Retirement
    notice: RetirementNotice | None
    rule: LawRule


@transaction.atomic
def issue_notice(
    person_id: int, *, number: str, issued_on: date, signer: str = "", by: Actor, at: datetime
) -> RetirementNotice:
    """The letter is issued; one issued before is superseded. 7 statements. Refuses no number, a day to come."""
    clean = composed(number)[:100]
    if not clean:
        raise Refused("Chưa ghi số thông báo.", where="number", do="Ghi số, ký hiệu, ví dụ 12/TB-SNV.")
    if issued_on > at.date():
        raise Refused(
            f"Ngày {issued_on:%d/%m/%Y} ở tương lai.", where="issued_on", do="Ghi ngày đã ban hành."
        )
    keeping(person_id, by, at)
    last_day = _told(person_id, at.date()).retirement.last_day
    if issued_on > last_day:
        raise Refused(
            f"Người này nghỉ hưu từ sau ngày {last_day:%d/%m/%Y}, trước ngày ban hành.", where="issued_on", do="Sửa ngày."
        )  # fmt: skip
    RetirementNotice.objects.filter(person=person_id, superseded_at=None).update(superseded_at=at)
    row = RetirementNotice.objects.create(
        person_id=person_id, last_day=last_day, number=clean, issued_on=issued_on, signer=composed(signer)[:200],
        recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip
    after = {"number": clean, "issued_on": issued_on.isoformat(), "last_day": last_day.isoformat()}
    record("people.issue_notice", "person", person_id, by=by, at=at, after=after)
    return row


@transaction.atomic
def print_notice(person_id: int, *, by: Actor, at: datetime) -> Told:
    """What the letter says, to be printed before or after it is issued. 6 statements; the printing is in the log."""
    keeping(person_id, by, at)
    told = _told(person_id, at.date())
    record("people.print_notice", "person", person_id, by=by, at=at)
    return told


def _told(person_id: int, today: date) -> Told:
    rules = personnel_rules(today)
    who = PersonVersion.objects.filter(person=person_id, superseded_at=None).order_by("-valid_from")[0]
    notice = RetirementNotice.objects.filter(person=person_id, superseded_at=None).first()
    found = retirement_of(who.birth, who.sex, ages_of(rules[RETIREMENT].value))
    return Told(who.name, who.birth, who.sex, found, notice, rules[NOTICE])

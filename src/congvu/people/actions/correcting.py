"""What every correction of a line shares: the ground it rests on, the words of a line, the ledger that shows both."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.organisation.rules.picture import Picture
from congvu.people.actions.recording import Decision, refuse_without_decision
from congvu.people.models import Appointment, Correction, Dated, FilePart, SalaryStep
from congvu.people.rules.codes import PAPERS, POST_KINDS, RELATIONS, TRAININGS

ARTICLE = "Thông tư 11/2012/TT-BNV, Thông tư 07/2019/TT-BNV"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a correction rests on: the decision, the one it names as wrong, and why."""

    decision: Decision
    corrected: str
    reason: str


def old_paper(row: Dated, by: Actor, at: datetime) -> dict[str, object]:
    """The decision a row rests on goes on standing; who records it now."""
    return {
        "decision_number": row.decision_number, "decision_date": row.decision_date, "decided_by": row.decided_by,
        "recorded_at": at, "recorded_by": by.name[:200],
    }  # fmt: skip


def checked_ground(ground: Ground, number: str, signed: date | None) -> Ground:
    """The ground, cleaned. Refuses a correction without a decision, without a reason, that names another decision than
    the line's own, or that is the same decision, or older."""
    refuse_without_decision(ground.decision)
    corrected, reason = composed(ground.corrected)[:100], composed(ground.reason)[:500]
    if not corrected:
        raise Refused(
            "Chưa ghi quyết định, giấy tờ bị đính chính.",
            where="corrected",
            do="Ghi số của nó.",
            article=ARTICLE,
        )
    if number and fold(corrected) != fold(number):
        raise Refused(
            f"Dòng này ghi theo {number}, không phải {corrected}.", where="corrected", do=f"Ghi {number}."
        )
    if fold(ground.decision.number) == fold(corrected):
        raise Refused(
            "Quyết định đính chính phải khác quyết định bị đính chính.",
            where="decision",
            do="Ghi số quyết định sau.",
        )
    if signed and ground.decision.signed_on and ground.decision.signed_on < signed:
        raise Refused(
            f"Quyết định đính chính ký trước quyết định bị đính chính ({signed:%d/%m/%Y}).", where="signed_on", do="Sửa ngày ký."
        )  # fmt: skip
    if not reason:
        raise Refused("Chưa ghi lý do đính chính.", where="reason", do="Ghi điều sai và căn cứ.")
    return replace(ground, corrected=corrected, reason=reason)


def to_ledger(
    old: Dated | FilePart,
    line: str,
    new_id: int | None,
    words: tuple[str, str],
    ground: Ground,
    by: Actor,
    at: datetime,
    *,
    sensitive: bool = False,
) -> Correction:
    """The ledger's row, and the log's, which says that a line was put right and by what, never what stands in it."""
    person_id: int = old.person_id  # type: ignore[union-attr]
    row = Correction.objects.create(
        person_id=person_id, line=line, old_id=old.pk, new_id=new_id, was=words[0][:1000], became=words[1][:1000],
        sensitive=sensitive, corrected=ground.corrected, reason=ground.reason, **ground.decision.fields(by, at),
    )  # fmt: skip
    after = {"line": line, "struck_out": new_id is None, "corrected": "" if sensitive else ground.corrected}
    record("people.correct_line", "person", person_id, by=by, at=at, why=ground.decision.number, after=after)
    return row


def post_words(row: Appointment, known: Picture) -> str:
    """A post as the ledger says it."""
    end = f"{row.valid_to:%d/%m/%Y}" if row.valid_to else "nay"
    unit = known.name(row.unit_id, row.valid_from) or ""
    return f"{row.position}, {unit}, {POST_KINDS[row.kind].lower()}, {row.valid_from:%d/%m/%Y} – {end}"


def step_words(row: SalaryStep) -> str:
    """A salary step as the ledger says it."""
    over = f" + {row.over_frame}%" if row.over_frame else ""
    factor = f"{Decimal(row.coefficient):.2f}".replace(".", ",")
    counted = f", mốc nâng bậc {row.counted_from:%d/%m/%Y}" if row.counted_from != row.valid_from else ""
    return f"{row.grade} bậc {row.step}{over}, hệ số {factor}, từ {row.valid_from:%d/%m/%Y}{counted}"


def part_words(row: FilePart) -> str:
    """A line of the file as the ledger says it."""
    code = {"training": TRAININGS, "family": RELATIONS, "paper": PAPERS}[row.kind].get(row.code, row.code)
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (row.first, row.last) if day)
    return "; ".join(
        part for part in (f"{code}: {row.title}", row.number, days, row.issuer, row.note) if part
    )

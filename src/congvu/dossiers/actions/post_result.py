"""Hand results to the post, each with its tracking number (trả kết quả qua bưu chính)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from congvu.dossiers.access import visible, visible_to
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.return_result import returning
from congvu.dossiers.models import Dossier, Posting
from congvu.dossiers.rules.post import DEFAULT_CARRIER, plain_tracking, wrong_tracking
from congvu.dossiers.rules.status import Delivery
from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

MOST = 500


@dataclass(frozen=True, slots=True)
class Parcel:
    """A result in the post: whose, by which number, by whom ("" is the post office)."""

    code: str
    number: str
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one parcel of the set. `words` says it; `refusal` is None when it is on record."""

    parcel: Parcel
    words: str
    refusal: Refused | None = None


def post_result(
    parcels: Sequence[Parcel], *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> list[Posted]:
    """Return results by post; an answer for each parcel, in order. 6-8 statements for any size of set.

    A dossier posted already keeps its day: the same number changes nothing, another one corrects it. What came back is
    sent again.
    """
    if len(parcels) > MOST:
        raise Refused(
            f"Mỗi lần ghi tối đa {MOST} bưu gửi; bạn đưa {len(parcels)}.", do="Chia thành nhiều lần."
        )
    answers: dict[int, Posted] = {}
    fresh: dict[int, tuple[int, Parcel]] = {}  # dossier -> place in the set
    wrong_number: dict[int, tuple[int, Parcel, Posting]] = {}
    again: dict[int, tuple[int, Parcel, Posting]] = {}
    with transaction.atomic():
        ids, known = _found(parcels, by, at)
        named: set[str] = set()
        for nth, typed in enumerate(parcels):
            one = _plain(typed)
            try:
                pk = _checked(one, ids, named)
            except Refused as refusal:
                answers[nth] = Posted(one, "", refusal)
                continue
            there = known.get(pk)
            if there is None:
                fresh[pk] = nth, one
            elif there.came_back_at is not None:
                again[pk] = nth, one, there
            elif (there.number, there.carrier) == (one.number, one.carrier):
                answers[nth] = Posted(one, "Đã ghi số hiệu này từ trước.")
            else:
                wrong_number[pk] = nth, one, there
        answers |= _post(fresh, by, at, seen) if fresh else {}
        answers |= _amend(wrong_number, by, at) if wrong_number else {}
        answers |= _send_again(again, by, at) if again else {}
    return [answers[nth] for nth in range(len(parcels))]


def _plain(one: Parcel) -> Parcel:
    carrier = composed(one.carrier)[:100] or DEFAULT_CARRIER
    return Parcel(one.code.strip().upper(), plain_tracking(one.number), carrier)


def _found(parcels: Sequence[Parcel], by: Actor, at: datetime) -> tuple[dict[str, int], dict[int, Posting]]:
    """The dossiers meant that `by` may see, by code, and what is posted of them. 2-3 statements."""
    codes = {one.code.strip().upper() for one in parcels}
    rows = visible(Dossier.objects.filter(code__in=codes), visible_to(by, at.date()))
    ids = {str(code): pk for code, pk in rows.values_list("code", "pk")}
    known = Posting.objects.select_for_update().filter(dossier_id__in=ids.values())
    return ids, {one.dossier_id: one for one in known}


def _checked(one: Parcel, ids: Mapping[str, int], named: set[str]) -> int:
    """The dossier of a parcel, or what is wrong with it."""
    wrong = wrong_tracking(one.number)
    if wrong:
        raise Refused(wrong, where=one.code)
    if one.code not in ids:
        raise Refused("Không tìm thấy hồ sơ mang mã này trong phạm vi của bạn.", where=one.code)
    if one.code in named:
        raise Refused("Mã hồ sơ có hai dòng trong lần ghi này.", where=one.code, do="Giữ lại một dòng.")
    named.add(one.code)
    return ids[one.code]


def _post(
    fresh: Mapping[int, tuple[int, Parcel]], by: Actor, at: datetime, seen: Mapping[int, int] | None
) -> dict[int, Posted]:
    decide, then = returning(list(fresh), Delivery.POSTED, by=by, at=at), partial(follow, at=at)
    outcome = perform("return_result", list(fresh), decide, by=by, at=at, seen=seen, resuming=True, then=then)
    done = {one.dossier_id: fresh[one.dossier_id] for one in outcome.done}
    Posting.objects.bulk_create(
        Posting(dossier_id=pk, carrier=one.carrier, number=one.number, posted_at=at, posted_by=by.account_id)
        for pk, (_, one) in done.items()
    )
    answers = {nth: Posted(one, "Đã gửi bưu chính.") for nth, one in done.values()}
    for refused in outcome.refused:
        nth, one = fresh[refused.dossier_id]
        answers[nth] = Posted(one, "", refused.refusal)
    return answers


def _amend(wrong: Mapping[int, tuple[int, Parcel, Posting]], by: Actor, at: datetime) -> dict[int, Posted]:
    """Put numbers right that were written down wrongly; the applicant is told. 2 statements."""
    if not (by.system or by.has(CLERK, LEADER)):
        refusal = Refused("Số hiệu bưu gửi được sửa tại bộ phận một cửa.")
        return {nth: Posted(one, "", refusal) for nth, one, _ in wrong.values()}
    changes, answers = [], {}
    for pk, (nth, one, there) in wrong.items():
        before = {"number": there.number, "carrier": there.carrier}
        changes.append((pk, before, {"number": one.number, "carrier": one.carrier}))
        answers[nth] = Posted(one, f"Đã sửa số hiệu, trước là {there.number}.")
        there.number, there.carrier = one.number, one.carrier
    Posting.objects.bulk_update((there for _, _, there in wrong.values()), ("number", "carrier"))
    record_many("amend_posting", "dossier", changes, by=by, at=at)
    return answers


def _send_again(
    again: Mapping[int, tuple[int, Parcel, Posting]], by: Actor, at: datetime
) -> dict[int, Posted]:
    """What came back goes out under another number; the applicant is told. 3 statements."""

    def decide(now: DossierNow, office: Office) -> Change:
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused("Bưu gửi được ghi tại bộ phận một cửa.", where=now.label)
        if now.delivery != Delivery.CAME_BACK:
            raise Refused("Bưu gửi bị trả lại đã có người nhận tại quầy.", where=now.label)
        _, one, there = again[now.id]
        change = Change.of(now, now.status, reason=f"{one.number}, {one.carrier}; trước là {there.number}")
        change.delivery = Delivery.POSTED
        return change

    outcome = perform("post_again", list(again), decide, by=by, at=at)
    answers, sent = {}, []
    for done in outcome.done:
        nth, one, there = again[done.dossier_id]
        answers[nth] = Posted(one, f"Đã gửi lại, trước là {there.number}.")
        there.number, there.carrier, there.posted_at = one.number, one.carrier, at
        there.posted_by, there.came_back_at = by.account_id, None
        sent.append(there)
    Posting.objects.bulk_update(sent, ("number", "carrier", "posted_at", "posted_by", "came_back_at"))
    for refused in outcome.refused:
        nth, one, _ = again[refused.dossier_id]
        answers[nth] = Posted(one, "", refused.refusal)
    return answers

"""Sign the results of a set of dossiers and end their handling: one press, an answer per dossier."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform, read
from congvu.dossiers.actions.finish import ResultIn, deciding
from congvu.dossiers.actions.follow import follow
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.actions.right_to_sign import procedure_codes, right_to_sign
from congvu.dossiers.models import DossierResult, DraftState, ResultDraft
from congvu.dossiers.queries.mandates import mandates_of
from congvu.dossiers.rules.check_codes import LENGTH, LETTERS
from congvu.dossiers.rules.signing import Mandate, lines
from congvu.dossiers.rules.status import ENDED
from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.files.actions import read_stored, store_made
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import LEADER, SIGNER
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.keys import Credential
from congvu.foundation.signatures.sign import Order, sign_set
from congvu.foundation.signatures.verify import serials
from congvu.organisation.queries import picture

Papers = dict[int, tuple["Right", "Draft"]]  # by dossier
MOST = 100  # papers one press may sign: each takes about a tenth of a second


@dataclass(frozen=True, slots=True)
class Right:
    """By what right a result is signed, whose paper it is, and the code by which anyone finds it to check it."""

    agency: int
    mandate: Mandate
    check_code: str

    @property
    def capacity(self) -> str:
        """As whom ("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"): said in the signature itself."""
        return ", ".join(lines(self.mandate))


@dataclass(frozen=True, slots=True)
class Draft:
    """The paper that waits for the hand: its content (PDF), what it is, and the organisation's seal, if it has one."""

    content: bytes
    result: ResultIn
    seal: Credential | None = None
    draft_id: int | None = None  # the specialist's draft it was signed from


Make = Callable[[int, Right], Draft]  # the paper of a dossier, made once it is known who may sign it as whom


def sign_result(
    ids: Iterable[int],
    make: Make,
    order: Order,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Sign the paper of each dossier with the leader's key of `order` (then the organisation's), keep it, close the step.

    11-12 statements for any number (2 more when someone else was faster). A dossier this key signed already is done, not
    signed twice. Raises Refused when the key may sign nothing (expired, revoked, unknown authority), when the reader is
    no leader, or for more than 100 papers; a dossier the actor holds no mandate for, or whose paper cannot be made or
    signed, is refused alone.
    """
    asked = list(dict.fromkeys(ids))
    if not (by.system or by.has(LEADER, SIGNER)):
        raise Refused(
            "Chỉ người có thẩm quyền ký mới ký số kết quả.",
            do="Trình lãnh đạo.",
            article="NĐ 30/2020, Điều 13",
        )
    if len(asked) > MOST:
        raise Refused(
            f"Một lần ký nhiều nhất {MOST} kết quả; bạn chọn {len(asked)}.", do="Bỏ chọn bớt rồi ký tiếp."
        )
    states, calendars, sight = read(asked, by=by, at=at)
    able, refused = _able(asked, make, states, Office(by, at, calendars, sight))
    again = _signed_before(refused, states, order)
    refused = {pk: why for pk, why in refused.items() if pk not in again}
    signed = _signed(able, order, refused, states)
    written = _write(signed, able, order, by=by, at=at, seen=seen)
    done = {one.dossier_id: one for one in (*written.done, *again.values())}
    left = {**refused, **{one.dossier_id: one for one in written.refused}}
    return Outcome(
        tuple(done[pk] for pk in asked if pk in done), tuple(left[pk] for pk in asked if pk in left)
    )


def _able(
    asked: list[int], make: Make, states: Mapping[int, DossierNow], office: Office
) -> tuple[Papers, dict[int, NotDone]]:
    """Which dossiers may be signed by what right and finished now, with their papers: asked before anything is signed, and
    the door asks again when it is written. 3 statements."""
    able, refused = Papers(), dict[int, NotDone]()
    decide = deciding(list(states), "")
    mandates, codes, known = mandates_of(office.by), procedure_codes(states), picture()
    for pk in asked:
        now = states.get(pk)
        try:
            if now is None:
                raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(pk))
            agency, mandate = right_to_sign(now, codes[pk], mandates, known, office.at.date())
            decide(now, office)
            right = Right(agency, mandate, _code())
            able[pk] = right, make(pk, right)
        except Refused as why:
            refused[pk] = NotDone(pk, now.code if now else None, why)
    return able, refused


def _code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _signed_before(
    refused: Mapping[int, NotDone], states: Mapping[int, DossierNow], order: Order
) -> dict[int, Done]:
    """Those that ended with a result this key has signed: the same press again is no mistake. 0-1 statement."""
    ended = [pk for pk in refused if pk in states and states[pk].status in ENDED]
    if not ended:
        return {}
    ours = order.credentials[0].serial
    rows = DossierResult.objects.filter(
        dossier_id__in=ended, file__media_type="application/pdf"
    ).select_related("file")
    return {
        row.dossier_id: Done(row.dossier_id, states[row.dossier_id].code, states[row.dossier_id].due_on)
        for row in rows
        if row.file is not None and ours in serials(read_stored(row.file))
    }


def _signed(
    papers: Papers,
    order: Order,
    refused: dict[int, NotDone],
    states: Mapping[int, DossierNow],
) -> dict[int, bytes]:
    """The signed papers; those that cannot be signed go to `refused`. Those alike are signed together."""
    alike: dict[tuple[Credential | None, str], list[int]] = {}
    for pk, (right, draft) in papers.items():
        alike.setdefault((draft.seal, right.capacity), []).append(pk)
    signed = {}
    for (seal, capacity), members in alike.items():
        keys = (*order.credentials, *((seal,) if seal else ()))
        answers = sign_set(
            [papers[pk][1].content for pk in members], replace(order, credentials=keys, reason=capacity)
        )
        for pk, made in zip(members, answers, strict=True):
            if isinstance(made, Refused):
                refused[pk] = NotDone(pk, states[pk].code, made)
            else:
                signed[pk] = made
    return signed


def _write(
    signed: Mapping[int, bytes],
    papers: Papers,
    order: Order,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None,
) -> Outcome:
    """Keep the papers, move the dossiers, tie the two, and tell the audit which key signed what: all or nothing."""
    if not signed:
        return Outcome((), ())
    key = order.credentials[0]
    rights = {pk: papers[pk][0] for pk in signed}
    drafts = {pk: papers[pk][1] for pk in signed}
    with transaction.atomic():
        files = store_made([(drafts[pk].result.file_name, made) for pk, made in signed.items()], by=by, at=at)
        kept = dict(zip(signed, files, strict=True))
        moved = list[Change]()
        decide = deciding(list(signed), f"Ký số: {key.name}")
        outcome = perform("sign_result", list(signed), decide, by=by, at=at, seen=seen, then=moved.extend)
        done = [one.dossier_id for one in outcome.done]
        DossierResult.objects.bulk_create(
            DossierResult(
                dossier_id=pk, name=drafts[pk].result.name, number=drafts[pk].result.number,
                signed_on=legal(at).date(), signer=key.name, file=kept[pk], file_name=drafts[pk].result.file_name,
                added_at=at, added_by=by.account_id, check_code=rights[pk].check_code,
            )
            for pk in done
        )  # fmt: skip
        signed_drafts = [draft for pk in done if (draft := drafts[pk].draft_id) is not None]
        if signed_drafts:
            ResultDraft.objects.filter(pk__in=signed_drafts, state=DraftState.SUBMITTED).update(
                state=DraftState.SIGNED, ended_at=at, ended_by=by.account_id
            )
        record_many(
            "sign",
            "dossier",
            [
                (
                    pk,
                    None,
                    {
                        "certificate": key.serial,
                        "issuer": key.issuer,
                        "file": kept[pk].sha256,
                        "as": rights[pk].capacity,
                    },
                )
                for pk in done
            ],
            by=by,
            at=at,
        )
        if moved:
            follow(moved, at=at)
    return outcome

"""Change how the applicant is reached, told, and gets the result (đổi thông tin liên hệ)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from congvu.dossiers.access import Visible, visible, visible_to
from congvu.dossiers.actions.door import moved
from congvu.dossiers.actions.intake import folded
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.models import Dossier, DossierEvent, Envelope, EnvelopeMember
from congvu.dossiers.rules.contact import OVER, Contact, checked, differences, in_words
from congvu.dossiers.rules.status import Delivery, Status
from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CITIZEN, CLERK, LEADER
from congvu.foundation.notices.actions.readdress import readdress
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

VERB = "change_contact"
_COLUMNS = ("owner_phone", "owner_email", "owner_address", "return_method", "told_by")


def change_contact(
    ids: Iterable[int],
    contact: Contact,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Write the new contact on each dossier, and on the rest of the envelope it was handed in with. 8-10 statements for
    any size of set, in a transaction. The same contact again changes nothing.

    Beside the door: its owner, who does not handle it, may do this too, and what is written has no place in a decision on
    the handling. Version, event and audit row are kept all the same. Messages that have not gone follow to the new
    address. An official says at whose wish: an address decides into whose hands a result comes.
    """
    wanted, why = checked(contact), composed(reason)
    if not (by.system or by.has(CITIZEN, CLERK, LEADER)):
        raise Refused("Thông tin liên hệ được đổi tại bộ phận một cửa.")
    if by.has(CLERK, LEADER) and not why:
        raise Refused("Chưa ghi ai yêu cầu đổi, bằng cách nào.", where="reason", do="Ghi để tra lại được.")
    asked, refused = list(dict.fromkeys(ids)), {}
    with transaction.atomic():
        sight = visible_to(by, at.date())
        together = _together(asked)
        rows = _locked([*asked, *together], sight)
        changing: list[Dossier] = []
        envelopes: set[int] = set()  # of those asked for that changed: the rest of them goes along
        for dossier_id in asked:
            try:
                changing.append(_changeable(rows.get(dossier_id), dossier_id, seen or {}))
                envelopes |= together.get(dossier_id, set())
            except Refused as refusal:
                code = rows[dossier_id].code if dossier_id in rows else None
                refused[dossier_id] = NotDone(dossier_id, code, refusal)
        for dossier_id, theirs in together.items():
            if dossier_id in rows and dossier_id not in asked and theirs & envelopes:
                with suppress(Refused):  # over, with nothing left to tell or to send
                    changing.append(_changeable(rows[dossier_id], dossier_id, {}))
        told = [(row, contact_of(row)) for row in changing if differences(contact_of(row), wanted)]
        if told:
            _write(told, wanted, why, by=by, at=at)
            Envelope.objects.filter(pk__in=envelopes).update(
                **{name: _values(wanted)[name] for name in _COLUMNS[:-1]}
            )
    done = (rows[one] for one in asked if one in rows and one not in refused)
    return Outcome(tuple(Done(one.pk, one.code, one.due_on) for one in done), tuple(refused.values()))


def contact_of(row: Dossier) -> Contact:
    """What stands on the dossier now."""
    return Contact(*(getattr(row, name) for name in _COLUMNS))


def _together(ids: list[int]) -> dict[int, set[int]]:
    """The dossiers of the envelopes that `ids` belong to, with the envelopes of each. Those are locked, before their dossiers
    as everywhere. 2 statements."""
    own = EnvelopeMember.objects.filter(dossier_id__in=ids).values("envelope_id")
    envelopes = list(
        Envelope.objects.select_for_update().filter(pk__in=own).order_by("pk").values_list("pk", flat=True)
    )
    found: dict[int, set[int]] = {}
    rows = EnvelopeMember.objects.filter(envelope_id__in=envelopes, dossier__isnull=False)
    for envelope, dossier in rows.values_list("envelope_id", "dossier_id"):
        if dossier is not None:
            found.setdefault(dossier, set()).add(envelope)
    return found


def _locked(ids: list[int], sight: Visible) -> dict[int, Dossier]:
    found = visible(Dossier.objects.filter(pk__in=ids), sight).order_by("pk")
    return {one.pk: one for one in found.select_for_update(of=("self",))}


def _changeable(row: Dossier | None, dossier_id: int, seen: Mapping[int, int]) -> Dossier:
    if row is None:
        raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
    if seen.get(row.pk, row.version) != row.version:
        raise moved(str(row))
    status = Status(row.status)
    if status in OVER and row.delivery != Delivery.CAME_BACK:
        raise Refused(f"Hồ sơ ở trạng thái «{status.label}», không còn gì để báo hay gửi.", where=str(row))
    return row


def _values(contact: Contact) -> dict[str, object]:
    return dict(zip(_COLUMNS, asdict(contact).values(), strict=True))


def _write(
    changing: list[tuple[Dossier, Contact]], wanted: Contact, why: str, *, by: Actor, at: datetime
) -> None:
    """The rows, an event and an audit row each, and the messages that wait. 5 statements."""
    events, audited = [], []
    for row, before in changing:
        names = differences(before, wanted)
        was, now = _values(before), _values(wanted)
        columns = [column for column, name in zip(_COLUMNS, asdict(before), strict=True) if name in names]
        audited.append((row.pk, {name: was[name] for name in columns}, {name: now[name] for name in columns}))
        told = f"Đổi {in_words(names)}" + (f". {why}" if why else "")
        events.append(
            DossierEvent(
                dossier_id=row.pk, at=at, verb=VERB, status_from=row.status, status_to=row.status, due_on=row.due_on,
                ended_on=row.ended_on, actor_id=by.account_id, office_id=by.office_id, reason=told,
            )
        )  # fmt: skip
        for name, value in _values(wanted).items():
            setattr(row, name, value)
        row.search_text = folded(
            (row.owner_name, row.owner_number, wanted.phone, row.submitter_name, row.submitter_number),
            row.summary,
        )
        row.version, row.last_event_at = row.version + 1, max(row.last_event_at, at)
    Dossier.objects.bulk_update(
        [row for row, _ in changing], (*_COLUMNS, "search_text", "version", "last_event_at")
    )
    DossierEvent.objects.bulk_create(events)
    record_many(VERB, "dossier", audited, by=by, at=at, why=why)
    readdress([row.pk for row, _ in changing], wanted.addresses(), at=at)

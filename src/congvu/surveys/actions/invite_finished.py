"""Gửi liên kết: to whoever said how to be told, when the dossier has its result; to a drawn sample when its survey is open.

Like the notices of dossiers it reads the sealed audit log from a mark on, so that no verb writes more than it must. The
message lies in the outbox with its link; the outbox shows officials where it went and never its text.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from congvu.dossiers.models import Dossier
from congvu.dossiers.rules.contact import Contact
from congvu.dossiers.rules.notices import BY_SLUG, Words, said
from congvu.dossiers.rules.people import plain_phone
from congvu.foundation.audit.models import AuditEntry, AuditSeal
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.notices.actions.change_template import newest_templates
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Notice, ReadMark
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.workdays.days import add_days
from congvu.organisation.queries import names_on
from congvu.surveys.access import refuse_unless_keeper
from congvu.surveys.actions.invite import invite
from congvu.surveys.models import Campaign, Invitation
from congvu.surveys.queries.campaigns import open_campaigns
from congvu.surveys.rules.words import ASKED, COUNTER, LINK

READER, OCCASION = "surveys", BY_SLUG["khao-sat"]
VERBS = ("finish", "sign_result")
BATCH, STALE_DAYS = 5_000, 7


def invite_finished(channels: Collection[str], address: str, *, at: datetime) -> int:
    """How many dossiers were sent a link since the mark. 5 statements for each 5,000 rows of the log, 10 more where some
    ended. Without an address of the site, a gateway or a survey by link nothing is sent, and what ended meanwhile is not sent
    later."""
    told = 0
    while (found := _invite_some(channels, address, at)) is not None:
        told += found
    return told


def _invite_some(channels: Collection[str], address: str, at: datetime) -> int | None:
    """One batch; None when there was nothing left to read."""
    with transaction.atomic():
        mark, _ = ReadMark.objects.select_for_update().get_or_create(reader=READER)
        sealed = AuditSeal.objects.aggregate(last=Max("last_id"))["last"] or 0
        upto = min(sealed, mark.last_id + BATCH)
        if upto <= mark.last_id:
            return None
        surveys = open_campaigns(legal(at).date(), COUNTER, LINK) if address and channels else []
        told = 0
        if surveys:
            ended = _ended(mark.last_id, upto, add_days(at, -STALE_DAYS))
            asked = set(
                Invitation.objects.filter(campaign=surveys[0], dossier__in=ended).values_list(
                    "dossier_id", flat=True
                )
            )
            wanted = [one for one in ended if one.pk not in asked]
            told = _send(surveys[0], wanted, channels, address, SYSTEM, at)
        mark.last_id = upto
        mark.save(update_fields=["last_id"])
    return told


def _ended(after: int, upto: int, since: datetime) -> list[Dossier]:
    """The dossiers whose end stands between these rows of the log. 2 statements."""
    rows = AuditEntry.objects.filter(
        id__gt=after, id__lte=upto, object_kind="dossier", verb__in=VERBS, at__gte=since
    )
    return _dossiers(list(rows.values_list("object_id", flat=True)))


@transaction.atomic
def invite_sample(
    campaign: Campaign, channels: Collection[str], address: str, *, by: Actor, at: datetime
) -> tuple[int, int]:
    """How many of the sample were sent a link, and how many cannot be reached so and are to be visited. 10 statements. Sent
    again on another day, only those get another who have not answered; each link opens the same one answer."""
    refuse_unless_keeper(by)
    if not address or not channels:
        raise Refused(
            "Máy chủ chưa có cổng gửi thư, tin nhắn hoặc địa chỉ trang.",
            do="Đặt CONGVU_ADDRESS và một cổng gửi, hoặc phỏng vấn trực tiếp.",
        )
    members = Invitation.objects.filter(campaign=campaign, state=ASKED, answered=False)
    dossiers = _dossiers(list(members.values_list("dossier_id", flat=True)))
    sent = _send(campaign, dossiers, channels, address, by, at)
    return sent, len(dossiers) - sent


def _dossiers(ids: Sequence[int]) -> list[Dossier]:
    rows = Dossier.objects.filter(pk__in=set(ids)).select_related("procedure_version")
    return list(rows.defer("procedure_version__original"))


def _send(
    campaign: Campaign,
    dossiers: Sequence[Dossier],
    channels: Collection[str],
    address: str,
    by: Actor,
    at: datetime,
) -> int:
    """A link to each that can be reached; nobody else uses up a right, and who was written to today is not written to again."""
    day = legal(at).date()
    reached = {}
    for one in dossiers:
        ways = Contact(plain_phone(one.owner_phone), one.owner_email.strip(), told_by=one.told_by).addresses()
        known = {channel: to for channel, to in ways.items() if channel in channels}
        if known and one.code:
            reached[one.pk] = known
    keys = {
        (pk, channel): f"survey:{campaign.pk}:{pk}:{day:%Y%m%d}:{channel}"
        for pk, ways in reached.items()
        for channel in ways
    }
    told = set(
        Notice.objects.filter(key__in=keys.values(), kind=OCCASION.slug).values_list("about_id", flat=True)
    )
    wanted = [one for one in dossiers if one.pk in reached and one.pk not in told]
    if not wanted:
        return len(told)
    tokens = invite(campaign, wanted, by=by, at=at)
    templates = newest_templates()
    names = names_on({one.receiving_unit_id for one in wanted}, day)
    notices = []
    for one in wanted:
        if one.pk not in tokens:
            continue
        link = f"{address}/khao-sat/{campaign.code}/phieu/{tokens[one.pk]}/"
        for channel, to in reached[one.pk].items():
            own = templates.get((OCCASION.slug, channel))
            if own is not None and own.silent:
                continue
            words = OCCASION.words(channel)
            if own is not None and own.text:
                words = Words(own.text, own.subject, own.unmarked)
            subject, text = said(words, _values(one, names[one.receiving_unit_id], address, link))
            notices.append(
                NewNotice(
                    key=keys[one.pk, channel], channel=channel, to=to, text=text,
                    subject=composed(subject), about_id=one.pk, about=one.code or "", kind=OCCASION.slug,
                    template_version=own.version if own else 0,
                )
            )  # fmt: skip
    put(notices, at=at)
    return len(told) + len(tokens)


def _values(one: Dossier, office: str, address: str, link: str) -> dict[str, str]:
    return {
        "ma_ho_so": one.code or "",
        "ngay_hen": f"{one.due_on:%d/%m/%Y}" if one.due_on else "không hẹn ngày",
        "noi_tiep_nhan": office,
        "noi_nhan": f"tại {office}",
        "ngay": f"{one.ended_on:%d/%m/%Y}" if one.ended_on else "",
        "tra_cuu": f"{address}/tra-cuu/?ma={one.code}",
        "ten": one.owner_name,
        "thu_tuc": one.procedure_version.name,
        "khao_sat": link,
    }

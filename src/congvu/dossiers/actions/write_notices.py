"""Turn what happened to dossiers into notices to their applicants (báo tin cho người nộp).

No verb writes a notice: that would cost each a statement. This reads the audit log, in which every verb leaves its row, from a
mark up to the last seal; below a seal no row can still appear. Mark and notices are written together, and the key of a
notice names its row of the log: done twice, or broken off, it comes to the same notices. Of an
envelope one notice is written, not one for each of its procedures.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.contact import Contact
from congvu.dossiers.rules.notices import BY_VERB, Occasion, Words, said
from congvu.dossiers.rules.people import plain_phone
from congvu.foundation.audit.models import AuditSeal
from congvu.foundation.clock import legal
from congvu.foundation.notices.actions.change_template import newest_templates
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import NoticeTemplate, ReadMark
from congvu.foundation.sql import statement
from congvu.foundation.text import composed
from congvu.foundation.workdays.days import add_days
from congvu.organisation.queries import names_on

READER = "dossiers"
BATCH = 5_000  # rows of the log looked at in one transaction
STALE_DAYS = 7  # what is older is no news: a worker that stood still for weeks must not tell it all at once
Templates = Mapping[tuple[str, str], NoticeTemplate]


@dataclass(frozen=True, slots=True)
class ToldAct:
    """A row of told_acts.sql."""

    id: int
    verb: str
    at: datetime
    why: str
    due_on: date | None
    dossier_id: int
    code: str | None
    owner_name: str
    phone: str
    email: str
    return_method: int
    told_by: int
    receiving_unit_id: int
    procedure: str
    carrier: str | None
    number: str | None
    told_before: int  # where the applicant was reached before this act changed it
    phone_before: str
    email_before: str
    envelope_id: int | None
    envelope_code: str | None
    group: str | None
    envelope_due: date | None
    envelope_received_at: datetime | None

    @property
    def together(self) -> tuple[int, str, datetime] | None:
        """What members of an envelope have in common when one act concerns several of them."""
        return (self.envelope_id, self.verb, self.at) if self.envelope_id is not None else None


def write_notices(channels: Collection[str], address: str, *, at: datetime) -> int:
    """Write the notices of everything sealed since the mark; how many acts were told of. 6-8 statements for each
    5,000 rows of the log. `channels` are those with a gateway; `address` is the site's, "" when not known."""
    told = 0
    while (found := _write_some(channels, address, at)) is not None:
        told += found
    return told


def _write_some(channels: Collection[str], address: str, at: datetime) -> int | None:
    """One batch; None when there was nothing left to read."""
    with transaction.atomic():
        mark, _ = ReadMark.objects.select_for_update().get_or_create(reader=READER)
        sealed = AuditSeal.objects.aggregate(last=Max("last_id"))["last"] or 0
        upto = min(sealed, mark.last_id + BATCH)
        if upto <= mark.last_id:
            return None
        acts = _acts(mark.last_id, upto, add_days(at, -STALE_DAYS)) if channels else []
        put(list(_notices(acts, channels, address)), at=at)
        mark.last_id = upto
        mark.save(update_fields=["last_id"])
    return len(acts)


def _acts(after: int, upto: int, since: datetime) -> list[ToldAct]:
    params = {"after": after, "upto": upto, "since": since, "verbs": list(BY_VERB)}
    return [ToldAct(*row) for row in statement(BULK, "told_acts").rows(params)]


def _notices(acts: list[ToldAct], channels: Collection[str], address: str) -> Iterable[NewNotice]:
    if not acts:
        return
    templates = newest_templates()
    names = names_on({one.receiving_unit_id for one in acts}, legal(acts[-1].at).date())
    for act, key in _once_an_envelope(acts):
        occasion = BY_VERB[act.verb]
        if occasion.posted and act.number is None:
            continue  # given out at the counter: who stands there need not be told
        values = _values(act, names[act.receiving_unit_id], address)
        for channel, to, mark in _addresses(act):
            words, version = _words(occasion, channel, templates)
            if channel not in channels or words is None:
                continue
            subject, text = said(words, values)
            yield NewNotice(
                key=f"{key}:{channel}{mark}", channel=channel, to=to, subject=composed(subject),
                text=text, about_id=act.dossier_id, about=act.code or "", kind=occasion.slug,
                template_version=version,
            )  # fmt: skip


def _once_an_envelope(acts: Sequence[ToldAct]) -> Iterable[tuple[ToldAct, str]]:
    """Each act with the key of its notice. What happens to several procedures of an envelope at once, and its reception, is
    told once, of the whole: its code, its name, its day. The key names the act on the envelope, so a retry is the same."""
    many = Counter(act.together for act in acts if act.together is not None)
    told: set[tuple[int, str, datetime]] = set()
    codes = {act.dossier_id: act.code for act in acts}
    for act in acts:
        whole, received = act.together, act.envelope_received_at == act.at and act.envelope_code is not None
        if whole is None or not (many[whole] > 1 or received):
            yield act, f"dossier:{act.dossier_id}:{act.id}"
        elif whole not in told:
            told.add(whole)
            days = [one.due_on for one in acts if one.together == whole]
            last = None if None in days else max(day for day in days if day is not None)
            yield (
                replace(
                    act,
                    code=act.envelope_code or codes[act.dossier_id],
                    procedure=act.group or act.procedure,
                    due_on=act.envelope_due if received else last,
                ),
                f"envelope:{whole[0]}:{whole[1]}:{whole[2].timestamp():.6f}",
            )


def _addresses(act: ToldAct) -> Iterable[tuple[str, str, str]]:
    """Where the applicant is reached, by the ways chosen. An address that cannot be right is left out: there is nobody to
    tell. One that was just given up is told of that too: whoever did not ask for it learns of it."""
    now = Contact(plain_phone(act.phone), act.email.strip(), told_by=act.told_by).addresses()
    yield from ((channel, to, "") for channel, to in now.items())
    before = Contact(
        plain_phone(act.phone_before), act.email_before.strip(), told_by=act.told_before
    ).addresses()
    yield from ((channel, to, ":old") for channel, to in before.items() if now.get(channel) != to)


def _words(occasion: Occasion, channel: str, templates: Templates) -> tuple[Words | None, int]:
    """The words in force and their version; None when the office wants nothing sent."""
    own = templates.get((occasion.slug, channel))
    if own is None:
        return occasion.words(channel), 0
    if own.silent:
        return None, own.version
    if not own.text:
        return occasion.words(channel), own.version
    return Words(own.text, own.subject, own.unmarked), own.version


def _values(act: ToldAct, office: str, address: str) -> dict[str, Any]:
    return {
        "ma_ho_so": act.code or f"đăng ký số {act.dossier_id}",
        "ngay_hen": f"{act.due_on:%d/%m/%Y}" if act.due_on else "không hẹn ngày",
        "noi_tiep_nhan": office,
        "noi_nhan": {1: "gửi qua bưu chính đến địa chỉ đã đăng ký", 2: "bản điện tử ở mục Hồ sơ của tôi"}.get(
            act.return_method, f"tại {office}"
        ),
        "ngay": f"{legal(act.at):%d/%m/%Y}",
        "tra_cuu": f"{address}/tra-cuu/" + (f"?ma={act.code}" if act.code else "")
        if address
        else "trang tra cứu",
        "ten": act.owner_name,
        "thu_tuc": act.procedure,
        "ly_do": act.why,
        "ma_buu_gui": act.number or "",
        "don_vi_chuyen": act.carrier or "",
    }

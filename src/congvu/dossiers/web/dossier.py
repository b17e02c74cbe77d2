"""The page of one dossier: facts, the way drawn, papers, history, the due day explained, what may be done now."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.door import Office, read_within
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.models import NOT_COUNTED, Tie
from congvu.dossiers.queries.beside import beside_dossier
from congvu.dossiers.queries.detail import Detail, Event, detail_by_code, detail_by_id
from congvu.dossiers.queries.envelopes import envelope_of, kin_of
from congvu.dossiers.queries.offers import road
from congvu.dossiers.queries.opinions import opinions_of
from congvu.dossiers.queries.papers import originals_of
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.rules.slips import Form
from congvu.dossiers.rules.status import Delivery, Money, Status
from congvu.dossiers.web import words
from congvu.dossiers.web.due import explained, told_sentence
from congvu.dossiers.web.may import May, all_verbs
from congvu.dossiers.web.notification import told_of
from congvu.dossiers.web.opinions import line_of
from congvu.dossiers.web.papers.fields import forms_for, forms_of
from congvu.dossiers.web.result_checks import checks_of
from congvu.dossiers.web.verbs import BY_NAME, Offered
from congvu.dossiers.web.way import track_of
from congvu.foundation import clock
from congvu.foundation.clock import LEGAL_ZONE, legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.ui import formats
from congvu.foundation.ui.due_calendar import of_due
from congvu.foundation.ui.forms import read_day
from congvu.foundation.workdays.queries import calendar_as_known
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.foundation.workdays.rules.due import Due
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier opened by a reader: what the page and its verbs start from."""

    found: Detail
    office: Office
    may: dict[str, May]
    known: Picture
    now: DossierNow

    @property
    def ties(self) -> int:
        """Bits of models.Tie."""
        return self.now.ties

    @property
    def calendar(self) -> Calendar:
        return self.office.calendars.of(self.found.competent_unit_id)

    @property
    def today(self) -> date:
        return self.office.at.date()


def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<mã>/`. 6-8 statements: scope (twice), dossier, verbs, opinions, visits and guidance,
    units, and the calendar of another day."""
    return _own(request, code=code) or _page(request, open_dossier(request, code=code))


def registered(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ho-so/dang-ky/<số>/`: a dossier that has no code (not yet received, or refused). 6-8 statements."""
    return _own(request, pk=pk) or _page(request, open_dossier(request, pk=pk))


def _own(request: HttpRequest, *, code: str = "", pk: int = 0) -> HttpResponse | None:
    """A citizen has a page of their own, without officers' names: sent there, if the dossier is theirs."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_official:
        return None
    sight = visible_to(actor, clock.now().date())
    found = detail_by_code(sight, code) if code else detail_by_id(sight, pk)
    return HttpResponseRedirect(reverse("my-dossier", args=[found.id]))


def open_dossier(request: HttpRequest, *, code: str = "", pk: int = 0) -> Opened:
    """Load, authorise, and ask what may be done. 3 statements. Missing and forbidden answer alike (404)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    known = picture()
    sight = visible_to(actor, now.date(), known)
    found = detail_by_code(sight, code) if code else detail_by_id(sight, pk)
    states, calendars = read_within([found.id], sight)
    office = Office(actor, now, calendars, sight)
    return Opened(found, office, all_verbs(states[found.id], office), known, states[found.id])


def _page(request: HttpRequest, opened: Opened) -> HttpResponse:
    found, today = opened.found, opened.today
    answer = explained(found, opened.calendar)
    left = opened.calendar.working_days_between(today, found.due_on) if found.due_on and found.open else None
    state, chip = words.due_state(found.status, found.due_on, found.ended_on, left, today)
    open_verbs, closed_verbs = offered(opened)
    groups = under_headings(open_verbs)
    number = opened.office.calendars.number
    calendar_words = (
        f"Lịch làm việc của tỉnh, bản {formats.number(number)}" if number else "Lịch theo luật, tỉnh chưa sửa"
    )
    sheet = of_due(answer, today=today, calendar_words=calendar_words) if answer else None
    context: dict[str, Any] = {
        "d": found,
        "state": state,
        "chip": _chip_words(state, chip, left),
        "facts": _facts(opened, answer),
        "verbs": open_verbs,
        "verb_groups": groups,
        "foremost": groups[0][1][:2][::-1] if groups and not groups[0][0] else [],
        "closed_verbs": closed_verbs,
        "track": track_of(found, opened.known, opened.calendar, today, facts=True),
        "sheet": sheet,
        "sentence": told_sentence(found, answer, sheet.sentence) if answer and sheet else "",
        "history": history(opened),
        "people": people(found),
        "moves": [move for move in answer.moves if not move.applied] if answer else [],
        "tentative": answer.tentative if answer else [],
        "differs": answer is not None
        and not found.extension
        and answer.date != found.due_on
        and found.open
        and not found.paused,
        "recomputed": answer.date if answer else None,
        "term_words": words.term(found.term_n, found.term_unit),
        "received_papers": sum(1 for p in found.papers if p.received),
        "then": _as_known(request, opened),
        "opinions": [line_of(row, opened.known, today) for row in opinions_of(opened.office.sight, found.id)],
        "beside": beside_dossier(opened.office.sight, found.id),
        "checks": checks_of(request, found),
        "slips": _slips(found),
        "slips_circular": forms_of(found).circular,
        "invites": found.code
        and found.status in (Status.FINISHED, Status.RETURNED)
        and opened.office.by.has(CLERK, LEADER),
        "envelope": envelope_of(opened.office.sight, found.id) if opened.ties & Tie.ENVELOPE else None,
        "told_of": told_of(found.id, found.received_on or today, opened.calendar)
        if opened.ties & Tie.NOTIFICATION
        else None,
        "originals": originals_of(found.id) if opened.ties & (Tie.ORIGINALS | Tie.ORIGINALS_BACK) else [],
        "kin": kin_of(found.id, opened.office.sight) if opened.ties & (Tie.CHILD | Tie.PARENT) else [],
        "help_unit": opened.known.name(found.help_unit_id, today) if found.help_unit_id else "",
    }
    return render(request, "dossiers/web/dossier.html", context)


def _slips(found: Detail) -> list[tuple[Form, str, str, str]]:
    """The slips the dossier has in its state, each with its page, its PDF, and its Word file once it has a code."""
    which, key = ("", found.code) if found.code else ("registered-", found.id)
    return [
        (
            form,
            reverse(f"{which}slip", args=[key, form.slug]),
            reverse(f"{which}slip-pdf", args=[key, form.slug]),
            reverse("slip-word", args=[key, form.slug]) if found.code else "",
        )
        for form in forms_for(found, official=True)
    ]


FORWARD = (
    "receive_registered",
    "hand_over",
    "complete_step",
    "submit_draft",
    "finish",
    "sign_result",
    "return_result",
    "resume",
)  # what moves it on


# The other verbs under a heading each: a dossier in hand has a dozen, and one list of them hides what is looked for.
_HEADINGS = {
    "Hỏi, ghi nhận": (
        "ask_opinion",
        "record_visit",
        "record_guidance",
        "record_incident",
        "attach",
        "request_supplement",
    ),
    "Phí, lệ phí": (
        "collect_fee",
        "charge_fee",
        "correct_charge",
        "waive_fee",
        "ask_refund",
        "request_payment",
    ),
    "Hẹn lại, dừng, sửa": (
        "extend",
        "stop",
        "withdraw",
        "refuse",
        "change_contact",
        "change_competent",
        "correct",
    ),
}


def under_headings(verbs: list[Offered]) -> list[tuple[str, list[Offered]]]:
    """The open verbs in their order: first, without a heading, what carries the handling on; then each heading's."""
    placed = {verb: heading for heading, names in _HEADINGS.items() for verb in names}
    groups = {
        heading: [o for o in verbs if placed.get(o.verb.name, "") == heading] for heading in ("", *_HEADINGS)
    }
    return [(heading, some) for heading, some in groups.items() if some]


def offered(opened: Opened) -> tuple[list[Offered], list[Offered]]:
    """The verbs open to the reader, and those legal but closed, with the reason."""
    able = [may for may in opened.may.values() if may.now and may.verb in BY_NAME]
    shut = [may for may in opened.may.values() if may.legal and may.why and may.verb in BY_NAME]
    return (
        [Offered(BY_NAME[may.verb], "", n == 0 and may.verb in FORWARD) for n, may in enumerate(able)],
        [Offered(BY_NAME[may.verb], may.why) for may in shut],
    )


def _facts(opened: Opened, answer: Due | None) -> list[tuple[str, Any]]:
    found, known, today = opened.found, opened.known, opened.today
    holder = _holder(opened)
    received = (
        formats.moment(found.received_at)
        if found.received_at
        else f"đăng ký {formats.moment(found.opened_at)}"
    )
    facts = [
        ("Chủ hồ sơ", found.owner_name),
        (
            "Người nộp",
            " ".join(part for part in (found.submitter_name or found.owner_name, found.owner_phone) if part),
        ),
        ("Nhận lúc", received),
        ("Kênh", found.channel.label),
        ("Đang ở", holder),
        ("Đã dùng", _used(found, answer, today)),
        ("Lệ phí", found.money.label if found.money != Money.NONE else "Không thu"),
        ("Trả kết quả", RETURN_METHODS.get(found.return_method, "")),
    ]
    if found.refund:
        page = reverse("refund", args=[found.refund[0]])
        facts.append(("Hoàn trả phí", format_html('<a href="{}">{}</a>', page, found.refund[1].label)))
    if found.parcel:
        facts.append(("Bưu gửi", words.parcel_words(found.parcel)))
    if found.receiving_unit_id != found.competent_unit_id:
        facts.append(("Nơi tiếp nhận", known.name(found.receiving_unit_id, today)))
        facts.append(("Cơ quan giải quyết", known.name(found.competent_unit_id, today)))
    return facts


def people(found: Detail) -> list[tuple[str, Any]]:
    """Everything known of the owner and of who handed in."""
    pairs = [
        ("Loại đối tượng", words.SUBJECTS.get(found.subject_kind, "")),
        ("Chủ hồ sơ", found.owner_name),
        ("Số giấy tờ", found.owner_number),
        ("Điện thoại", found.owner_phone),
        ("Thư điện tử", found.owner_email),
        ("Báo tin qua", TOLD_BY.get(found.told_by, "")),
        ("Địa chỉ", found.owner_address),
    ]
    if found.submitter_name:
        pairs.append(
            ("Người nộp thay", " · ".join(p for p in (found.submitter_name, found.submitter_number) if p))
        )
    return pairs


def _holder(opened: Opened) -> str:
    found, known, today = opened.found, opened.known, opened.today
    running = [step for step in found.steps if step.state == 1]
    names = dict.fromkeys(known.name(step.unit_id, today) for step in running)
    if not names:
        back = found.delivery == Delivery.CAME_BACK
        return found.delivery.label if back else found.status.label
    drawn = [step for step in found.steps if step.state not in NOT_COUNTED]
    where = ", ".join(names)
    return f"{where}, bước {drawn.index(running[0]) + 1}/{len(drawn)}" if len(running) == 1 else where


def _used(found: Detail, answer: Due | None, today: date) -> str:
    if found.received_at is None:
        return "chưa tiếp nhận, chưa tính"
    if answer is None or found.term_n is None:
        return "không hẹn ngày"
    until = min(found.ended_on or today, today)
    numbers = [one.number for one in answer.trace if one.counts and one.number and one.date <= until]
    total = [one.number for one in answer.trace if one.counts and one.number]
    if answer.moment is not None or not total:
        return words.term(found.term_n, found.term_unit)
    unit = "ngày làm việc" if found.term_unit == "NGAY_LAM_VIEC" else "ngày"
    return f"{formats.number(max(numbers, default=0))}/{formats.number(max(total))} {unit}"


def _chip_words(state: str, chip: str, left: int | None) -> str:
    if state == "ok" and left is not None:
        return f"Trong hạn, còn {formats.number(left)} ngày làm việc"
    if state == "late" and left is not None:
        return f"{chip} làm việc"
    return chip


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history."""

    event: Event
    words: str
    who: str
    late_record: bool
    facts: str = ""  # what the step established


def history(opened: Opened, *, public: bool = False) -> list[Told]:
    """The history, newest first. `public`: offices only, never an officer's name."""
    lines, said = [], {} if public else _facts_said(opened.found)
    for event in opened.found.events:
        office = opened.known.name(event.office_id, opened.today) if event.office_id else ""
        who = office if public else ", ".join(part for part in (event.who, office) if part)
        late = not settings.DEMO and legal(event.recorded_at).date() > legal(event.at).date()
        lines.append(
            Told(event, words.verb(event.verb), who, late, said.get((event.step or 0, event.at), ""))
        )
    return lines


def _facts_said(found: Detail) -> dict[tuple[int, datetime], str]:
    """What steps established, by position and the moment they were done. No statement."""
    ways = road(found.process_id)
    rows = [step for step in found.steps if step.facts and step.done_at is not None]
    return {
        (step.position, step.done_at): ways.told_facts(step.position, step.facts)
        for step in rows
        if step.done_at is not None
    }


@dataclass(frozen=True, slots=True)
class Then:
    """What was owed as known on another day."""

    typed: str
    on: date | None = None
    due_on: date | None = None
    error: str = ""


def _as_known(request: HttpRequest, opened: Opened) -> Then | None:
    """The due day by the calendar and the ledger as they were known at the end of a day. 1-2 statements."""
    typed = request.GET.get("biet-ngay", "").strip()[:20]
    if not typed:
        return None
    on = read_day(typed)
    if on is None:
        return Then(typed, error="Không đọc được ngày. Viết dạng 20/11/2026.")
    received = opened.found.received_on
    if received is None or on < received:
        return Then(typed, on, error="Ngày ấy hồ sơ chưa được tiếp nhận, chưa hẹn ngày nào.")
    known_at = datetime.combine(on, time(23, 59, 59), tzinfo=LEGAL_ZONE)
    calendar = calendar_as_known(known_at, opened.found.competent_unit_id)
    answer = explained(opened.found, calendar, known_at)
    return Then(typed, on, answer.date if answer else None)


__all__ = ["Opened", "dossier", "history", "offered", "open_dossier", "people", "registered"]

"""Public look-up by code: no account, rate limited; the answer in one sentence; never an officer's name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.access import Visible
from congvu.dossiers.models import NOT_COUNTED, StepState
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.detail import Detail, NotVisible, detail_by_code
from congvu.dossiers.queries.envelopes import EnvelopeFound, envelope_by_code, envelope_of
from congvu.dossiers.rules.codes import is_envelope_code, parse_code
from congvu.dossiers.rules.status import Delivery, Status
from congvu.dossiers.web import words
from congvu.dossiers.web.due import explained, told_sentence
from congvu.dossiers.web.envelope import setting, shown
from congvu.dossiers.web.envelope_words import said
from congvu.dossiers.web.letterhead import closing_hour
from congvu.dossiers.web.way import track_of
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.throttle import attempt
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.address import client_address
from congvu.foundation.ui.due_calendar import of_due
from congvu.foundation.workdays.queries import current_version
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

LIMIT, WINDOW = 30, 600  # look-ups an address may make in ten minutes: a queue at a kiosk, not a harvest
PUBLIC_SIGHT = Visible(
    everything=True, units=(), account_id=None
)  # by exact code only, and what is shown is narrowed below


class TooMany(Refused):
    """Asked too often from one address."""

    status = 429


@dataclass(frozen=True, slots=True)
class Answer:
    """What a citizen without an account is told."""

    code: str
    procedure: str
    owner: str
    submitted: str
    give_back: str
    state: str
    chip: str
    progress: str
    sentence: str
    due_on: date | None
    due_words: str
    parcel: str  # of the owner's own page only


def look_up(request: HttpRequest) -> HttpResponse:
    """`/tra-cuu/`. Without a code no statement; with one 5-7: rate, dossier, envelope, calendar, units, rule."""
    typed = request.GET.get("ma", "").strip()[:80]
    if not typed:
        return render(request, "dossiers/web/look_up.html", {"typed": ""})
    try:
        return _found(request, typed)
    except Refused as refusal:
        context = {"typed": typed, "refusal": refusal}
        return render(request, "dossiers/web/look_up.html", context, status=getattr(refusal, "status", 422))


def _found(request: HttpRequest, typed: str) -> HttpResponse:
    whole = is_envelope_code(typed)
    code = typed.upper() if whole else str(parse_code(typed.upper()))
    now = clock.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    who = client_address(request) if actor.is_stranger else f"account {actor.account_id}"
    tried = None if actor.is_official else attempt(f"look-up:{who}", limit=LIMIT, window=WINDOW, at=now)
    if tried is not None and not tried.allowed:
        raise TooMany(
            "Địa chỉ mạng này đã tra cứu quá nhiều lần trong ít phút.",
            do=f"Thử lại sau {formats.hour(tried.again_at)}, hoặc gọi nơi tiếp nhận.",
        )
    try:
        if whole:
            return _envelope(request, typed, envelope_by_code(PUBLIC_SIGHT, code), actor)
        found = detail_by_code(PUBLIC_SIGHT, code)
    except NotVisible:
        raise NotVisible(
            "Không có hồ sơ nào mang mã này.",
            where=code,
            do="So lại từng chữ số với giấy hẹn, hoặc hỏi nơi tiếp nhận.",
        ) from None
    known, calendar = picture(), Calendars(current_version()).of(found.competent_unit_id)
    own = actor.account_id is not None and actor.account_id == found.owner_account_id
    context = {"typed": code, **told(found, known, calendar, now.date(), own=own)}
    inside = envelope_of(PUBLIC_SIGHT, found.id)
    if inside is not None:
        context["envelope"] = shown(inside, setting(now))
    return render(request, "dossiers/web/look_up.html", context)


def _envelope(request: HttpRequest, typed: str, found: EnvelopeFound, actor: Actor) -> HttpResponse:
    """An envelope looked up by its own code: the whole, the procedures beneath; the name masked as for a dossier."""
    one = shown(found, setting(clock.now()))
    own = actor.account_id is not None and actor.account_id == found.owner_account_id
    context = {
        "typed": typed.upper(),
        "one": one,
        **said(one),
        "owner": found.owner_name if own else masked(found.owner_name),
    }
    return render(request, "dossiers/web/look_up.html", context)


def told(found: Detail, known: Picture, calendar: Calendar, today: date, *, own: bool) -> dict[str, Any]:
    """What a citizen is shown of a dossier: the answer, the stair, why that day. No statement."""
    answer = explained(found, calendar)
    sheet = of_due(answer, today=today) if answer else None
    return {
        "answer": _answer(found, known, calendar, today, own=own),
        "track": track_of(found, known, calendar, today),
        "sheet": sheet,
        "sentence": told_sentence(found, answer, sheet.sentence) if answer and sheet else "",
        "own": own,
    }


def _answer(found: Detail, known: Picture, calendar: Calendar, today: date, *, own: bool) -> Answer:
    left = calendar.working_days_between(today, found.due_on) if found.due_on and found.open else None
    state, chip = words.due_state(found.status, found.due_on, found.ended_on, left, today)
    until = formats.hour(found.due_at) if found.due_at else closing_hour(calendar, found.due_on)
    parts = [formats.weekday(found.due_on), f"trước {until}" if until else ""]
    due_words = ", ".join(part for part in parts if part)
    if found.open and not found.paused and left is not None:
        tail = (
            f"còn {formats.number(left)} ngày làm việc"
            if left > 0
            else "hôm nay"
            if left == 0
            else "đã quá hạn"
        )
        due_words = f"{due_words} · {tail}" if due_words else tail
    steps = [step for step in found.steps if step.state not in NOT_COUNTED]
    done = sum(1 for step in steps if step.state == StepState.DONE)
    return Answer(
        code=found.code or "",
        procedure=found.procedure,
        owner=found.owner_name if own else masked(found.owner_name),
        submitted=f"{formats.moment(found.received_at or found.opened_at)}, {found.channel.label.lower()}",
        give_back=_give_back(found, known.name(found.receiving_unit_id, today)),
        state=state,
        chip="Trong hạn" if state == "ok" and found.open else chip,
        progress=f"Xong {formats.number(done)}/{formats.number(len(steps))} bước" if steps else "",
        sentence=sentence(found, known, today),
        due_on=found.due_on,
        due_words=due_words,
        parcel=words.parcel_words(found.parcel) if own and found.parcel else "",
    )


def masked(name: str) -> str:
    """The name without the letters of its last word but the first: "Nguyễn Thị H••••". One word keeps one letter."""
    head, _, last = name.strip().rpartition(" ")
    hidden = f"{last[:1]}••••" if last else "••••"
    return f"{head} {hidden}".strip()


def sentence(found: Detail, known: Picture, today: date) -> str:
    """Where the dossier is and what the citizen has to do, in one or two sentences."""
    place = known.name(found.receiving_unit_id, today)
    fixed = {
        Status.SUPPLEMENT: f"Hồ sơ cần bổ sung giấy tờ. Mang giấy tờ được yêu cầu đến {place}, hoặc gửi trực tuyến.",
        Status.PAYMENT: f"Hồ sơ chờ bạn nộp nghĩa vụ tài chính. Liên hệ {place} để biết khoản phải nộp.",
        Status.STOPPED: f"Việc giải quyết đang dừng theo thông báo đã gửi. Liên hệ {place} để biết lý do.",
        Status.WITHDRAWN: "Hồ sơ đã được rút theo yêu cầu của người nộp.",
        Status.REFUSED: "Hồ sơ không được tiếp nhận; lý do ghi trong phiếu từ chối.",
        Status.REGISTERED: f"{place} sẽ xem và tiếp nhận hồ sơ. Bạn chưa phải làm gì.",
    }
    if found.status in fixed:
        return fixed[found.status]
    if found.status == Status.FINISHED:
        return f"Đã có kết quả. {_give_back(found, place)}"
    if found.status == Status.RETURNED:
        return f"Đã trả kết quả ngày {formats.day(found.returned_at)}."
    running = [step for step in found.steps if step.state == StepState.OPEN]
    names = formats.listing(dict.fromkeys(known.name(step.unit_id, today) for step in running))
    if not running:
        return "Hồ sơ đang được giải quyết. Bạn chưa phải làm gì."
    work = formats.listing(dict.fromkeys(step.name[:1].lower() + step.name[1:] for step in running))
    return f"{names} đang làm bước {work}. Bạn chưa phải làm gì."


def _give_back(found: Detail, place: str) -> str:
    if found.delivery in (Delivery.POSTED, Delivery.ONLINE, Delivery.HANDED_OVER):
        return found.delivery.label + "."
    if found.delivery == Delivery.CAME_BACK:
        return f"Bưu chính trả lại. Nhận tại {place}, hoặc báo nơi ấy gửi lại đến địa chỉ đúng."
    return {
        1: "Kết quả gửi qua bưu chính đến địa chỉ đã đăng ký.",
        2: "Nhận bản điện tử trong mục Hồ sơ của tôi.",
    }.get(found.return_method, f"Nhận tại {place}. Mang theo giấy hẹn và căn cước.")

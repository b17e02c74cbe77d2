"""My work: the open steps of the reader's units, what the law makes urgent first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.work import (
    COLLECT,
    COUNT_CAP,
    GROUPS,
    LATE,
    LATER,
    NEAR,
    PAGE,
    PAUSE,
    TODAY,
    UNDATED,
    WorkFilter,
    WorkRow,
    overflows,
    work_counts,
    work_page,
)
from congvu.dossiers.rules.status import Status
from congvu.dossiers.web.bulk_verbs import BULK_VERBS
from congvu.dossiers.web.opinions import line_of, work_of
from congvu.dossiers.web.slips_print import CHOICES
from congvu.dossiers.web.timing import Reckoning, reckoning
from congvu.dossiers.web.words import ROLE_FILTER, WAITING_FOR, due_state
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SIGNER, SPECIALIST
from congvu.foundation.text import composed
from congvu.foundation.ui import formats
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture

GROUP_WORDS = {  # group -> (slug in the address, heading, icon, tone)
    LATE: ("qua-han", "Quá hạn", "exclamation-triangle-fill", "t-late"),
    TODAY: ("hom-nay", "Đến hạn hôm nay", "hourglass-split", "t-soon"),
    NEAR: ("ba-ngay", "Ba ngày làm việc tới", "calendar3", "t-acc"),
    LATER: ("sau-do", "Sau đó", "calendar3", "muted"),
    UNDATED: ("khong-hen", "Không có hạn riêng", "circle", "muted"),
    COLLECT: ("cho-nhan", "Chờ người đến nhận", "box-arrow-right", "t-ok"),
    PAUSE: ("tam-dung", "Tạm dừng", "pause-circle-fill", "t-pause"),
}
SLUGS = {words[0]: group for group, words in GROUP_WORDS.items()}
SIZES = (PAGE, 200, 500)  # rows a page: 500 is also what one press may move (`web.bulk.MOST`)
WHOSE = {
    "": "Việc của phòng, đơn vị",
    "toi": "Việc của tôi",
    "chua": "Chưa ai nhận",
    "duoi": "Cả đơn vị cấp dưới",
}
APOLOGISE = "Gửi văn bản xin lỗi trước khi làm tiếp; chỉ hẹn lại một lần."
WAITS = "Đã có kết quả, hạn của cơ quan đã dừng. Chờ lâu thì nhắc người nộp."


@dataclass(frozen=True, slots=True)
class Line:
    """A step ready for the page. `chip` is about the step's own due day, `left` about the dossier's."""

    row: WorkRow
    url: str
    state: str
    chip: str
    unit: str
    left: str
    waiting: str

    @property
    def seen(self) -> str:
        """What the checkbox sends: which dossier, at which version."""
        return f"{self.row.dossier_id}.{self.row.version}"

    @property
    def title(self) -> str:
        return self.row.summary or self.row.procedure


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its lines on this page."""

    slug: str
    heading: str
    icon: str
    tone: str
    count: str
    note: str
    lines: list[Line]


def my_work(request: HttpRequest) -> HttpResponse:
    """`/viec-cua-toi/`: 50 steps a page, at most 500. 6-8 statements: scope, calendar, counts, opinions, the page (1-3)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, known = reckoning(), picture()
    sight = visible_to(actor, now.today, known)
    whose = request.GET.get("cua", "")
    units = units_of(actor, whose, known, now)
    asked = read_filter(request, actor)
    cursor = request.GET.get("sau", "")
    size = next((one for one in SIZES if request.GET.get("so") == str(one)), PAGE)
    page = work_page(units, sight, asked, now.days, cursor, size)
    counts = {} if cursor else work_counts(units, sight, asked, now.days)
    more = overflows(counts)
    groups = _groups(page.rows, counts, more, now, known)
    wanted = None if cursor else work_of(actor, sight, now.today)
    context: dict[str, Any] = {
        "opinions": wanted,
        "opinion_lines": [line_of(row, known, now.today) for row in wanted.asked[:5]] if wanted else [],
        "opinions_late": wanted.overdue(now.today) if wanted else 0,
        "groups": groups,
        "page": page,
        "tabs": _tabs(counts, more, asked),
        "all_words": _shown_of(counts, asked, more),
        "asked": asked,
        "roles": ROLE_FILTER.items(),
        "whose": whose,
        "whose_choices": _whose_choices(actor),
        "verbs": _verbs(actor),
        "is_clerk": actor.has(CLERK),
        "group_slug": GROUP_WORDS[asked.group][0] if asked.group else "",
        "shown": len(page.rows),
        "size": size,
        "sizes": SIZES if page.next or size > PAGE else (),
        "narrowed": _narrowed(asked, whose),
        "slips": CHOICES,
    }
    return render(request, "dossiers/web/my_work.html", context)


def read_filter(request: HttpRequest, actor: Actor) -> WorkFilter:
    """The filter in the address; a value that does not exist is left out."""
    role = request.GET.get("buoc", "")
    return WorkFilter(
        role=role if role in ROLE_FILTER else "",
        mine=actor.account_id if request.GET.get("cua") == "toi" else None,
        text=composed(request.GET.get("q", ""))[:200],
        unheld=request.GET.get("cua") == "chua",
        group=SLUGS.get(request.GET.get("nhom", ""), ""),
    )


def units_of(actor: Actor, whose: str, known: Picture, now: Reckoning) -> tuple[int, ...]:
    """The units whose steps are the reader's work: own ones, and for a leader who asks, those below. No statement."""
    own = actor.units(CLERK, SPECIALIST, LEADER, SIGNER)
    led = actor.units(LEADER)
    if whose == "duoi" and led:
        return tuple(sorted({*own, *known.subtree(led, now.today)}))
    return own


def _groups(
    rows: list[WorkRow], counts: dict[str, int], more: frozenset[str], now: Reckoning, known: Picture
) -> list[Group]:
    days = now.days
    notes = {LATE: APOLOGISE, NEAR: now.skipped_words(), COLLECT: WAITS}
    found = []
    for group in GROUPS:
        lines = [_line(row, now, known) for row in rows if row.group(days) == group]
        if lines:
            slug, heading, icon, tone = GROUP_WORDS[group]
            count = _count(counts[group], group in more) if group in counts else ""
            found.append(Group(slug, heading, icon, tone, count, notes.get(group, ""), lines))
    return found


def _line(row: WorkRow, now: Reckoning, known: Picture) -> Line:
    if row.due_at is not None and row.due_on == now.today and not row.paused:
        state, words = "soon", f"Hôm nay {formats.hour(row.due_at)}"
    else:
        state, words = due_state(row.status, row.due_on, None, now.left(row.due_on), now.today)
    if row.status == Status.STOPPED or row.paused:
        state, words = "pause", "Tạm dừng"
    left = now.left(row.dossier_due_on)
    waiting = ""
    if row.status == Status.FINISHED and row.due_on is None:
        (state, words), left = now.waits(row.opened_at), None
    if row.paused:
        since = f" từ {formats.day_month(row.paused_since)}" if row.paused_since else ""
        waiting = f"{WAITING_FOR[row.status]}{since}"
    url = reverse("dossier", args=[row.code]) if row.code else reverse("registered", args=[row.dossier_id])
    shown = formats.NOTHING if left is None or row.paused else formats.number(left)
    return Line(row, url, state, words, known.name(row.unit_id, now.today), shown, waiting)


def _tabs(
    counts: dict[str, int], more: frozenset[str], asked: WorkFilter
) -> list[tuple[str, str, str, bool]]:
    """(slug, words, count, current) of every group, and of all."""
    found = [("", "Tất cả", _total(counts, more), not asked.group)]
    for group in GROUPS:
        if counts.get(group) or group in more or group == asked.group:
            slug, heading, _, _ = GROUP_WORDS[group]
            found.append(
                (
                    slug,
                    heading,
                    _count(counts.get(group, 0), group in more) if counts else "",
                    group == asked.group,
                )
            )
    return found


def _count(n: int, more: bool) -> str:
    if not more:
        return formats.number(n)
    return f"hơn {formats.number(min(n, COUNT_CAP))}" if n else ""


def _total(counts: dict[str, int], more: frozenset[str]) -> str:
    return _count(sum(counts.values()), bool(more & counts.keys())) if counts else ""


def _shown_of(counts: dict[str, int], asked: WorkFilter, more: frozenset[str]) -> str:
    """How many the list holds: all groups, or the one asked for."""
    return _total({asked.group: counts.get(asked.group, 0)} if asked.group and counts else counts, more)


def _whose_choices(actor: Actor) -> list[tuple[str, str]]:
    return [(key, words) for key, words in WHOSE.items() if key != "duoi" or actor.has(LEADER)]


def _verbs(actor: Actor) -> list[Any]:
    return [verb for verb in BULK_VERBS.values() if actor.has(*verb.roles)]


def _narrowed(asked: WorkFilter, whose: str) -> bool:
    return bool(asked.role or asked.text or asked.group or whose)

"""The first page: by role what to do now; for everyone else how to find a procedure or a dossier."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from congvu.dossiers.queries.work import COLLECT, COUNT_CAP, LATE, LATER, NEAR, PAUSE, TODAY, WorkRow
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CITIZEN, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.ui import formats
from congvu.portal import queries

GROUPS = (  # group -> its words in "Việc của tôi" and its state
    (LATE, "qua-han", "Quá hạn", "late"),
    (TODAY, "hom-nay", "Đến hạn hôm nay", "soon"),
    (NEAR, "ba-ngay", "Ba ngày làm việc tới", "now"),
    (LATER, "sau-do", "Sau đó", "idle"),
    (COLLECT, "cho-nhan", "Chờ người đến nhận", "ok"),
    (PAUSE, "tam-dung", "Tạm dừng, đang chờ", "pause"),
)
SHORTCUTS = (  # (roles, url name, words, icon, key)
    ((CLERK,), "counter", "Tiếp nhận hồ sơ", "plus-lg", "N"),
    ((CLERK, SPECIALIST, LEADER), "my-work", "Việc của tôi", "list-check", "V"),
    ((CLERK, SPECIALIST, LEADER, AUDITOR), "dossier-list", "Tìm hồ sơ", "folder2-open", "H"),
    ((LEADER, AUDITOR, SPECIALIST), "form06", "Biểu 06", "table", "B"),
    ((AUDITOR, LEADER), "audit", "Nhật ký", "journal-text", ""),
    ((PERSONNEL,), "people", "Cán bộ, công chức", "people", "N"),
    ((PERSONNEL,), "ledger", "Sổ biên chế", "table", ""),
    ((PERSONNEL,), "reports", "Báo cáo", "file-earmark-text", ""),
    ((PERSONNEL,), "plan-coverage", "Kế hoạch cải cách hành chính", "list-check", ""),
    ((PERSONNEL,), "indices", "Chỉ số đánh giá", "graph-up", ""),
    ((PERSONNEL,), "surveys", "Khảo sát hài lòng", "card-checklist", ""),
    ((PERSONNEL,), "figures", "Số liệu", "calculator", ""),
    ((ADMIN,), "accounts", "Tài khoản", "person-badge", ""),
    ((ADMIN,), "calendar", "Lịch làm việc", "calendar3", ""),
    ((ADMIN, PERSONNEL), "organisation", "Tổ chức", "diagram-3", ""),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """A group of work with its number and where it opens."""

    words: str
    state: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Red:
    """A line of the red list: which dossier, which step, where, how late."""

    row: WorkRow
    url: str
    unit: str
    late: str


def home(request: HttpRequest) -> HttpResponse:
    """`/` by role. 8 statements at most for an official (2 say who asks), 2 for a citizen, none for a stranger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_official:
        return _office(request, actor)
    context: dict[str, Any] = {"look_up": _url("look-up"), "procedures": _url("procedure-list")}
    if actor.has(CITIZEN):
        context["own"] = queries.own_dossiers(actor, clock.today(), request.GET.get("sau", ""))
    return render(request, "portal/web/home_public.html", context)


def _office(request: HttpRequest, actor: Actor) -> HttpResponse:
    today = clock.today()
    handles = actor.has(CLERK, SPECIALIST, LEADER)
    context: dict[str, Any] = {
        "today": today,
        "handles": handles,
        "owed": queries.owed_parts(actor, today),
        "shortcuts": [
            (url, words, icon, key)
            for roles, name, words, icon, key in SHORTCUTS
            if actor.has(*roles) and (url := _url(name))
        ],
    }
    if handles:
        day = queries.office_home(actor, today)
        below = "?cua=duoi&" if actor.has(LEADER) else "?"
        context["tallies"] = [
            Tally(words, state, _capped(day.counts.get(group, 0)), f"{_url('my-work')}{below}nhom={slug}")
            for group, slug, words, state in GROUPS
        ]
        context["red"] = [
            Red(
                row,
                _dossier_url(row),
                day.known.name(row.unit_id, today),
                _late_words(-day.calendar.working_days_between(today, row.due_on) if row.due_on else 0),
            )
            for row in day.red
        ]
        context["red_url"] = context["tallies"][0].url
        context["received_today"] = (
            None if day.received_today is None else _capped(day.received_today, queries.TODAY_CAP)
        )
        context["received_url"] = f"{_url('dossier-list')}?tu={formats.day(today)}&den={formats.day(today)}"
    return render(request, "portal/web/home_office.html", context)


def _late_words(days: int) -> str:
    """How late; a step that fell due on Friday is late on Saturday by no working day yet."""
    return f"Quá {formats.number(days)} ngày" if days > 0 else "Quá hạn"


def _capped(count: int, cap: int = COUNT_CAP) -> str:
    return f"hơn {formats.number(cap)}" if count > cap else formats.number(count)


def _dossier_url(row: WorkRow) -> str:
    if row.code:
        return reverse("dossier", args=[row.code])
    return reverse("registered", args=[row.dossier_id])


def _url(name: str) -> str:
    """The address of a screen above this room's knowledge, "" while nobody has registered it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

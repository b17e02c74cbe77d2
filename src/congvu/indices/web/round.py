"""The board of a round: who is where, who is late; deadlines, refilling from figures, publication."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS, read_day
from congvu.foundation.ui.routes import actor_of
from congvu.indices.access import may_keep, may_publish, visible_sheets
from congvu.indices.actions.fill_sheets import fill_sheets
from congvu.indices.actions.move_sheet import move_sheets
from congvu.indices.actions.open_round import set_deadlines
from congvu.indices.actions.publish_round import publish_round
from congvu.indices.queries.results import table_of
from congvu.indices.queries.rounds import deadlines_of, round_of, sheets_of
from congvu.indices.rules.rounds import COUNCIL, SECOND, STEP_WORDS, STEPS, locked
from congvu.indices.web.words import CHIPS, value_words
from congvu.organisation.queries import picture


def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """4 statements besides the session's."""
    actor, known, today = actor_of(request), picture(), clock.today()
    one = round_of(round_id)
    if one is None:
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            return _act(request, round_id)
        except Refused as said:
            refusal = said
    sheets = sheets_of(round_id, visible_sheets(actor, today, known))
    due = deadlines_of(one)
    table = table_of(one, sheets)
    rows: list[dict[str, Any]] = [
        {
            "sheet": row.sheet,
            "step": STEP_WORDS[row.sheet.state],
            "chip": CHIPS[row.sheet.state],
            "due": due.get(row.sheet.state),
            "late": row.sheet.state != "published" and bool(locked(due, row.sheet.state, today)),
            "missing": len(row.result.missing),
            "value": value_words(row.value, one.set.measure),
        }
        for row in sorted(table.rows, key=lambda row: (row.sheet.name, row.sheet.pk))
    ]
    context: dict[str, Any] = {
        "one": one,
        "rows": rows,
        "steps": [
            (
                step,
                STEP_WORDS[step],
                sum(row["sheet"].state == step for row in rows),
                due.get(step),
                request.POST.get(f"han_{step}", f"{due[step]:%d/%m/%Y}" if step in due else ""),
            )
            for step in STEPS
        ],
        "late": sum(row["late"] for row in rows),
        "all_at_council": bool(rows) and all(row["sheet"].state == COUNCIL for row in rows),
        "at_second": any(row["sheet"].state == SECOND for row in rows),
        "may_keep": may_keep(actor),
        "may_publish": may_publish(actor, today, known),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "indices/web/round.html", context, status=FORM_STATUS if refusal else 200)


def _act(request: HttpRequest, round_id: int) -> HttpResponse:
    actor, now, what = actor_of(request), clock.now(), request.POST.get("viec", "")
    if what == "han":
        days = {}
        for step in STEPS[:-1]:
            typed = request.POST.get(f"han_{step}", "").strip()
            day = read_day(typed)
            if typed and day is None:
                raise Refused(f"Không đọc được ngày «{typed[:20]}».", where=step, do="Viết dạng 20/11/2026.")
            if day is not None:
                days[step] = day
        set_deadlines(round_id, days, by=actor, at=now)
        messages.success(request, "Đã ghi hạn các bước.")
    elif what == "dien":
        sheets = sheets_of(round_id, visible_sheets(actor, now.date(), picture()))
        changed = fill_sheets(round_id, [one.pk for one in sheets], by=actor, at=now)
        messages.success(request, f"Đã tính lại từ số liệu: {changed} ô thay đổi.")
    elif what == "trinh":
        sheets = sheets_of(round_id, visible_sheets(actor, now.date(), picture()))
        moved = move_sheets([one.pk for one in sheets if one.state == SECOND], "to_council", by=actor, at=now)
        messages.success(request, f"Đã trình hội đồng {moved} phiếu.")
    elif what == "cong-bo":
        publish_round(round_id, request.POST.get("number", ""), by=actor, at=now)
        messages.success(request, "Đã công bố; kết quả được giữ nguyên từ nay.")
        return redirect("index-result", round_id=round_id)
    else:
        raise Refused("Chưa chọn việc cần làm.", do="Bấm một nút trên trang.")
    return redirect("index-round", round_id=round_id)

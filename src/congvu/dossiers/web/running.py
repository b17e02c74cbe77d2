"""Running dossiers of a procedure by the version they follow, and the log of moves to newer ones."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.dossiers.access import movable_by
from congvu.dossiers.actions.move_version import AT_ONCE
from congvu.dossiers.actions.version_plan import Side
from congvu.dossiers.queries.version_moves import MOST, Named, moves_of, named, running_by_version
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.ui import formats


def running(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-tuc/<code>/ho-so-dang-chay/`: running dossiers by version, and the log of moves. 6 statements."""
    versions = named_or_404(code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    target = versions.in_force(today)
    found = running_by_version(movable_by(actor, today), versions.procedure.pk)
    lines = [
        {
            "words": versions.words(one.version_id, one.process_id),
            "count": one.count,
            "parts": _parts(one.count),
            "current": (one.version_id, one.process_id)
            == target_of(Side(one.version_id, one.process_id), target),
            "query": urlencode({"ban": one.version_id, "quy-trinh": one.process_id or 0}),
        }
        for one in found
    ]
    moves = [(one, versions.words(one.from_version_id, one.from_process_id), versions.words(one.to_version_id, one.to_process_id))
             for one in moves_of(versions.procedure.pk)]  # fmt: skip
    context = {
        "procedure": versions.procedure,
        "lines": lines,
        "moves": moves,
        "target": versions.words(target[0], target[1]) if target[0] else "",
    }
    return render(request, "dossiers/web/running.html", context)


def _parts(count: int) -> str:
    """What is said beforehand of more dossiers than one turn moves, or one preview looks at."""
    if count <= AT_ONCE:
        return ""
    turns = f"Chuyển {formats.number(-(-count // AT_ONCE))} lượt, mỗi lượt {formats.number(AT_ONCE)} hồ sơ"
    return turns + (f"; xem trước từng phần {formats.number(MOST)} hồ sơ" if count > MOST else "") + "."


def named_or_404(code: str) -> Named:
    found = named(code)
    if found is None:
        raise Http404("Không có thủ tục này, hoặc chưa công bố.")
    return found


def target_of(before: Side, target: tuple[int | None, int | None]) -> tuple[int, int | None]:
    """Where dossiers may be moved: what is in force; a procedure that ended keeps its last version."""
    return target[0] or before.version_id, target[1] if target[1] is not None else before.process_id

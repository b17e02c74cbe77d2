"""A batch on the screen: how far it is and what each dossier answered. It may be left and come back to."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import visible_to
from congvu.dossiers.models import Batch, BatchState
from congvu.dossiers.queries.batches import batch_of, latest, lines_of, tally
from congvu.dossiers.web.batch_work import SECRET, go_on, stop, work
from congvu.dossiers.web.bulk_verbs import ALL_BULK
from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS

IDLE = 10  # seconds without a share after which no worker is at it: the page then does the shares itself


def batches(request: HttpRequest) -> HttpResponse:
    """`/viec-cua-toi/luot/`: the reader's last 50. 2 statements."""
    rows = [(one, count, _label(one)) for one, count in latest(request.actor)]  # type: ignore[attr-defined]
    return render(request, "dossiers/web/batches.html", {"rows": rows})


def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/viec-cua-toi/luot/<số>/`. GET 6 statements; POST those of a share, or 4 to stop and to go on."""
    batch = batch_of(request.actor, pk)  # type: ignore[attr-defined]
    now = clock.now()
    if request.method == "POST":
        try:
            return _do(request, batch, now)
        except Refused as refusal:
            return _show(request, batch, now, refusal)
    if request.htmx:  # type: ignore[attr-defined]
        return _progress(request, batch, now)
    return _show(request, batch, now)


def _do(request: HttpRequest, batch: Batch, now: datetime) -> HttpResponse:
    verb = request.POST.get("viec", "")
    if verb == "lam":
        work(batch, now)
        batch.refresh_from_db()
        if request.htmx:  # type: ignore[attr-defined]
            return _progress(request, batch, now)
    elif verb == "dung":
        stop(batch, "Bạn đã dừng lượt này.", by=request.actor, at=now)  # type: ignore[attr-defined]
    elif verb == "tiep":
        go_on(batch, request.POST.get(SECRET, ""), by=request.actor, at=now)  # type: ignore[attr-defined]
    else:
        raise Refused("Không rõ việc cần làm.", where="viec", do="Tải lại trang.")
    return HttpResponseRedirect(reverse("batch", args=[batch.pk]))


def _progress(request: HttpRequest, batch: Batch, now: datetime) -> HttpResponse:
    """The part that follows the work; when the batch no longer waits, the whole page is asked for once more."""
    answer = render(request, "dossiers/web/_batch_progress.html", _following(batch, now))
    if batch.state != BatchState.WAITING:
        answer["HX-Refresh"] = "true"
    return answer


def _following(batch: Batch, now: datetime) -> dict[str, Any]:
    waiting = batch.state == BatchState.WAITING
    return {
        "batch": batch,
        "label": _label(batch),
        "tally": tally(batch),
        "waiting": waiting,
        "idle": waiting and (now - batch.worked_at).total_seconds() > IDLE,
    }


def _show(request: HttpRequest, batch: Batch, now: datetime, refusal: Refused | None = None) -> HttpResponse:
    context = {
        **_following(batch, now),
        "lines": lines_of(batch, visible_to(request.actor, now.date())),  # type: ignore[attr-defined]
        "stopped": batch.state == BatchState.STOPPED,
        "needs_secret": SECRET in ALL_BULK[batch.verb].form.base_fields,
        "refusal": refusal,
    }
    return render(
        request, "dossiers/web/batch.html", context, status=FORM_STATUS if refusal is not None else 200
    )


def _label(batch: Batch) -> str:
    return ALL_BULK[batch.verb].label

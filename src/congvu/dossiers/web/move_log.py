"""One move of running dossiers between versions: what was decided, each dossier of it, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from congvu.dossiers.access import movable_by, visible_to
from congvu.dossiers.actions.move_version import undo_move
from congvu.dossiers.actions.version_plan import What
from congvu.dossiers.queries.version_moves import move_by_id, moved_lines
from congvu.dossiers.rules.move_terms import DueChoice, PaperChoice
from congvu.dossiers.web.move_form import UndoForm
from congvu.dossiers.web.running import named_or_404
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import FORM_STATUS
from congvu.organisation.queries import picture


def move_log(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/ho-so-dang-chay/lan/<pk>/`: one move, its dossiers, and taking it back. 7 statements."""
    versions = named_or_404(code)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    move = move_by_id(versions.procedure.pk, pk)
    known = picture()
    sight = movable_by(actor, clock.today(), known)
    if move is None or not (sight.everything or move.by == actor.account_id):
        raise Http404("Không có lần chuyển này.")
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = undo_move(pk, form.cleaned_data["why"], by=actor, at=clock.now())
        except Refused as problem:
            form.refuse(problem)
        else:
            _tell_undone(request, len(outcome.done), len(outcome.refused))
            return HttpResponseRedirect(reverse("move-log", args=[code, pk]))
    lines = moved_lines(pk)
    context = {
        "procedure": versions.procedure,
        "move": move,
        "from_words": versions.words(move.from_version_id, move.from_process_id),
        "to_words": versions.words(move.to_version_id, move.to_process_id),
        "due_words": DueChoice(move.due_choice).label,
        "paper_words": PaperChoice(move.paper_choice).label,
        "lines": [
            (
                one,
                [
                    (What[name].value, words)
                    for name, words in one.changes.items()
                    if name in What.__members__
                ],
            )
            for one in lines
        ],
        "left": sum(1 for one in lines if not one.undone and not one.touched),
        "touched": sum(1 for one in lines if one.touched),
        "form": form,
        "may_read": not visible_to(actor, clock.today(), known).nothing,
    }
    return render(request, "dossiers/web/move_log.html", context, status=FORM_STATUS if form.errors else 200)


def _tell_undone(request: HttpRequest, done: int, touched: int) -> None:
    if done:
        messages.success(request, f"Đã đưa {done} hồ sơ về như trước khi chuyển.")
    if touched:
        messages.error(request, f"{touched} hồ sơ đã được xử lý tiếp, giữ theo bản mới.")

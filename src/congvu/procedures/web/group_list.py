"""The public list of groups of procedures that are handed in together, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.queries import picture
from congvu.procedures.access import may_edit
from congvu.procedures.queries.group_drafts import group_drafts
from congvu.procedures.queries.groups import GroupOf, MemberAsks, asked_by, group_by_code, groups_in_force


class NoGroup(Refused):
    """No such group in force."""

    status = 404


def group_list(request: HttpRequest) -> HttpResponse:
    """`/nhom-thu-tuc/`. 1-2 statements besides the session's."""
    editor = may_edit(request.actor)  # type: ignore[attr-defined]
    context = {
        "groups": groups_in_force(clock.today()),
        "editor": editor,
        "drafts": group_drafts() if editor else [],
    }
    return render(request, "procedures/web/group_list.html", context)


def group(request: HttpRequest, code: str) -> HttpResponse:
    """`/nhom-thu-tuc/<mã>/`: the procedures, who waits for whom, what is handed in once. 3-6 statements."""
    today = clock.today()
    found = group_by_code(code, today)
    if found is None:
        raise NoGroup(
            "Không có nhóm thủ tục này, hoặc nay không còn áp dụng.",
            where=code,
            do="Tìm lại trong danh sách.",
        )
    asks = asked_by(found, today)
    known = picture()
    context = {
        "group": found,
        "editor": may_edit(request.actor),  # type: ignore[attr-defined]
        "members": [
            {
                "line": one,
                "after": [found.member(position).name for position in one.member.after],
                "agency": known.name(one.member.unit_id, today) if one.member.unit_id else "",
            }
            for one in asks
        ],
        "papers": papers_once(found, asks),
    }
    return render(request, "procedures/web/group.html", context)


def papers_once(found: GroupOf, asks: tuple[MemberAsks, ...]) -> list[dict[str, Any]]:
    """The papers of a group, each once: for which procedures, and whose result it is when nobody hands it in."""
    rows: dict[str, dict[str, Any]] = {}
    for one in asks:
        for paper in one.case.papers:
            use = one.use_of(paper.stable_key)
            key = f"s:{use.share}" if use and use.share else f"{one.member.position}:{paper.stable_key}"
            if use is not None and use.result_of is not None:  # one result, whoever needs it
                key = f"r:{use.result_of}:{fold(paper.name)}"
            row = rows.setdefault(
                key, {"name": paper.name, "required": paper.required, "positions": [], "result_of": ""}
            )
            row["positions"].append(one.member.position)
            if use is not None and use.result_of is not None:
                row["result_of"] = found.member(use.result_of).name
    return list(rows.values())

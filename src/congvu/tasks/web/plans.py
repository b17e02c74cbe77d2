"""The register of plans: every plan of every unit, draft or issued, the newest years first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation import clock
from congvu.foundation.ui.pager import decode_numbers, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.foundation.workdays.queries import calendar_now
from congvu.organisation.queries import picture
from congvu.tasks.access import writes_for
from congvu.tasks.queries.plans import Asked, plan_list, progress_of
from congvu.tasks.rules.kinds import PLAN_STATES, SUBJECTS, TERMS, span_words
from congvu.tasks.web.common import STATE_CHIPS, TABS, asked_of, whole_year

PAGE = 50


def plan_register(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    asked, known, today = (
        asked_of(request, "nam", "don-vi", "loai", "ky", "tt", "tu"),
        picture(),
        clock.today(),
    )
    key = decode_numbers(request.GET.get("sau", ""), 2)
    before = (key[0], key[1]) if key else None
    unit = known.by_code(asked.get("don-vi"))
    wanted = Asked(
        year=whole_year(asked.get("nam")),
        unit_ids=((unit or 0),) if asked.get("don-vi") else None,
        subject=asked.get("loai") if asked.get("loai") in SUBJECTS else "",
        term=asked.get("ky") if asked.get("ky") in TERMS else "",
        state=asked.get("tt") if asked.get("tt") in PLAN_STATES else "",
        parent=int(asked.get("tu")) if asked.get("tu").isdecimal() else None,
    )
    page = page_of(
        plan_list(wanted, before=before, limit=PAGE),
        PAGE,
        lambda one: (one.first_year, one.pk),
        first=before is None,
    )
    tallies = progress_of([one.pk for one in page.rows], today, calendar_now())
    context = {
        "asked": asked,
        "tab": "plan-list",
        "tabs": TABS,
        "page": page,
        "rows": [
            {
                "plan": one,
                "unit": known.name(one.unit_id, one.issued_on or one.drafted_on),
                "heir": known.name(one.keeper_id, today) if one.keeper_id != one.unit_id else "",
                "years": span_words(one.term, one.first_year, one.last_year),
                "chip": STATE_CHIPS[one.state],
                "state": PLAN_STATES[one.state],
                "tally": tallies[one.pk],
            }
            for one in page.rows
        ],
        "subjects": SUBJECTS.items(),
        "terms": TERMS.items(),
        "states": PLAN_STATES.items(),
        "unit_name": known.name(unit, today) if unit else "",
        "unit_code": asked.get("don-vi"),
        "may_write": not writes_for(actor_of(request), today, known).empty,
        "filtered": any(asked.filters.values()),
    }
    return render(request, "tasks/web/plans.html", context)

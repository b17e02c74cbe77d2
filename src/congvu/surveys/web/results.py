"""Results: units by factors with n and margin, groups by factors, one unit's questions; for officials and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import rounded
from congvu.foundation.ui.pager import decode, page_of
from congvu.organisation.queries import picture
from congvu.surveys.access import may_see_results
from congvu.surveys.models import Campaign, SurveyText
from congvu.surveys.queries.campaigns import Gone, campaign_of, content
from congvu.surveys.queries.results import Asked, Results, Told, by_group, by_unit, of_unit
from congvu.surveys.queries.texts import shown_texts
from congvu.surveys.rules.formulas import FORMULAS
from congvu.surveys.rules.questionnaires import LEVELS

GROUP = "nhom"
PAGE = 60  # units: the communes of a province are some two hundred, each with a cell a factor


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell in words."""

    told: Told

    @property
    def value(self) -> str:
        score = self.told.score
        return "" if score is None else f"{rounded(score.value * 100)}".replace(".", ",")

    @property
    def margin(self) -> str:
        score = self.told.score
        if score is None or score.margin is None:
            return ""
        return f"{score.margin * 100:.1f}".replace(".", ",")


class StillOpen(Refused):
    """Results of a survey that still takes answers."""

    status = 409


def results(request: HttpRequest, code: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/ket-qua/`: 4-5 statements besides the session's."""
    return _page(request, _readable(code), public=False)


def public_results(request: HttpRequest, code: str) -> HttpResponse:
    """`/khao-sat/<mã>/ket-qua/`: the same once they were published. 4 statements."""
    campaign = _readable(code)
    if campaign.shown_at is None:
        raise Gone("Kết quả đợt này chưa được công bố.", do="Xem các đợt đã công bố.")
    return _page(request, campaign, public=True)


def unit_results(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """`/dot-khao-sat/<mã>/ket-qua/<đơn vị>/`: each question with its levels. 8 statements besides the session's."""
    campaign = _readable(code)
    known = picture()
    unit_id = known.by_code(unit.upper())
    if unit_id is None:
        raise Gone("Không có đơn vị này.", where=unit[:30], do="Quay lại bảng kết quả.")
    formula = request.GET.get("cach-tinh", "")
    found, questions = of_unit(campaign, unit_id, formula)
    total = Shown(found.cell(str(unit_id), ""))
    texts: list[SurveyText] = [] if total.told.hidden else shown_texts(campaign, unit_id)
    context = {
        "campaign": campaign,
        "name": known.name(unit_id, campaign.last),
        "total": total,
        "how": found.how,
        "formula_words": FORMULAS[found.how.formula],
        "levels": LEVELS,
        "rows": [(one, Shown(one.told)) for one in questions],
        "texts": texts,
        "manner": _manner(questions),
    }
    return render(request, "surveys/web/unit_results.html", context)


def _manner(questions: Sequence[Asked]) -> tuple[int, int, int, int] | None:
    """How officers behave in the three words of the circular's form (unhappy, happy, very happy, of all); None when hidden."""
    asked = [one.levels for one in questions if one.attitude]
    told = [levels for levels in asked if levels is not None]
    if not told or len(told) < len(asked):
        return None
    very, happy, *rest = (sum(column) for column in zip(*told, strict=True))
    return sum(rest), happy, very, sum(rest) + happy + very


def _readable(code: str) -> Campaign:
    campaign = campaign_of(code)
    if not may_see_results(campaign):
        raise StillOpen(
            "Đợt chưa đóng: trong lúc lấy ý kiến chỉ hiện số phiếu.",
            where=campaign.code,
            do="Xem kết quả sau khi đóng đợt.",
        )
    return campaign


def _page(request: HttpRequest, campaign: Campaign, *, public: bool) -> HttpResponse:
    by = request.GET.get("theo", "")
    formula = request.GET.get("cach-tinh", "")
    found = by_group(campaign, formula) if by == GROUP else by_unit(campaign, formula)
    after = decode(request.GET.get("sau", ""), 2)
    rows = _rows(campaign, found, by == GROUP)
    if by != GROUP and after is not None:
        rows = [row for row in rows if _place(row) > (str(after[0]), str(after[1]))]
    limit = len(rows) if by == GROUP else PAGE
    context: dict[str, Any] = {
        "campaign": campaign,
        "public": public,
        "by": by if by == GROUP else "",
        "how": found.how,
        "formulas": FORMULAS.items(),
        "formula_words": FORMULAS[found.how.formula],
        "columns": found.columns,
        "wide": len(found.columns) > 6,
        "page": page_of(rows[: limit + 1], limit, _place, first=after is None),
        "units": len(found.lines),
        "total": [Shown(found.cell("", column)) for column in ("", *(key for key, _ in found.columns))],
        "weighted": bool(found.frames) and by != GROUP,
        "unsure": (whole := found.cell("", "").score) is not None and whole.margin is None,
        "none": _unheard(found) if by != GROUP else [],
    }
    return render(request, "surveys/web/results.html", context)


def _rows(campaign: Campaign, found: Results, groups: bool) -> list[dict[str, Any]]:
    columns = ("", *(key for key, _ in found.columns))
    if groups:
        words = dict(content(campaign).groups)
        return [
            {
                "name": words.get(line, "Không ghi nhóm"),
                "cells": [Shown(found.cell(line, key)) for key in columns],
            }
            for line in found.lines
        ]
    known = picture()
    rows = []
    for line in found.lines:
        span = known.nearest(int(line), campaign.last)
        rows.append(
            {
                "name": span.name if span else "–",
                "code": span.code if span else "",
                "sort": span.sort_key if span else "",
                "frame": found.frames.get(int(line)),
                "cells": [Shown(found.cell(line, key)) for key in columns],
            }
        )
    return sorted(rows, key=_place)


def _place(row: dict[str, Any]) -> tuple[str, str]:
    """Where a unit stands in the table."""
    return str(row.get("sort", "")), str(row.get("code", ""))


def _unheard(found: Results) -> list[str]:
    """Strata nobody answered for: they weigh nothing in the total."""
    known = picture()
    return [
        span.name
        for unit in found.frames
        if str(unit) not in found.lines and (span := known.of(unit)[-1]) is not None
    ]

"""Định nghĩa số liệu: a figure an office asks of records under a condition, or a number it enters by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.indicators.access import refuse_unless_may_enter
from congvu.indicators.models import DefinedFigure
from congvu.indicators.queries.populations import population_of
from congvu.indicators.rules.definitions import OVER, Measure, Where
from congvu.indicators.rules.figures import BY_FIGURE
from congvu.indicators.rules.map_figures import SHARES
from congvu.indicators.rules.populations import Population, in_words, narrower, where_of

_CODE = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure to define. `population` empty: its numbers are entered by hand. `where`: field -> values; `out_of`: the same for
    what a share is of; `words` empty: said from the condition."""

    code: str
    name: str
    measure: str
    source: str
    population: str = ""
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    share: bool = False
    out_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of_day: bool = False
    words: str = ""
    name_en: str = ""
    overlaps: str = ""
    evidence: str = "TXT"


@transaction.atomic
def define_figures(wanted: Sequence[Definition], *, by: Actor, at: datetime) -> list[DefinedFigure]:
    """Define figures; one defined the same before is the row that is there. Refuses who may not, a code that is badly made or
    taken, a condition the population has not, a share whose records are not among those it is of. 3 statements."""
    refuse_unless_may_enter(by, [None], legal(at).date())
    there = {row.code: row for row in DefinedFigure.objects.filter(code__in=[one.code for one in wanted])}
    made = [_made(one, by=by, at=at) for one in wanted]
    fresh = []
    for one in made:
        kept = there.get(one.code)
        if kept is not None and (_says(kept) != _says(one) or kept.withdrawn_at is not None):
            raise Refused(f"Mã «{one.code}» đã dùng cho «{kept.name}».", where="code", do="Chọn mã khác.")
        if kept is None:
            fresh.append(one)
    try:
        with transaction.atomic():
            DefinedFigure.objects.bulk_create(fresh)
    except IntegrityError as wrong:
        raise Refused(
            "Mã này vừa được người khác dùng.", where="code", do="Mở lại danh mục, hoặc chọn mã khác."
        ) from wrong
    record_many(
        "indicators.define", "defined_figure", [(one.pk, None, _says(one)) for one in fresh], by=by, at=at
    )
    return [there.get(one.code, one) for one in made]


@transaction.atomic
def withdraw_figures(codes: Sequence[str], *, why: str, by: Actor, at: datetime) -> int:
    """Take figures out of use: nothing that was entered or defined is lost. Returns how many; those withdrawn before are left.
    Refuses who may not, and no reason. 3 statements."""
    refuse_unless_may_enter(by, [None], legal(at).date())
    reason = composed(why).strip()
    if not reason:
        raise Refused("Chưa ghi lý do thôi dùng.", where="why", do="Ghi lý do.")
    rows = list(
        DefinedFigure.objects.select_for_update().filter(code__in=codes, withdrawn_at=None).order_by("pk")
    )
    for row in rows:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by.name, reason[:300]
    DefinedFigure.objects.bulk_update(rows, ["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record_many(
        "indicators.withdraw",
        "defined_figure",
        [(one.pk, None, {"code": one.code}) for one in rows],
        by=by,
        at=at,
        why=reason,
    )
    return len(rows)


def _made(one: Definition, *, by: Actor, at: datetime) -> DefinedFigure:
    _refuse_badly_named(one)
    population = population_of(one.population) if one.population else None
    where = where_of(population, one.where) if population else ()
    out_of = where_of(population, one.out_of) if population and one.share else ()
    if population is not None and one.share and not narrower(where, out_of):
        raise Refused(
            "Tử số phải là một phần của mẫu số.",
            where="out_of",
            do="Tử số có mọi điều kiện của mẫu số, thêm điều kiện riêng.",
        )
    if population is not None and one.share and one.words and OVER not in one.words:
        raise Refused(
            "Định nghĩa của tỷ lệ chưa nói chia cho gì.",
            where="words",
            do=f"Viết «tử số{OVER}mẫu số», hoặc để trống để máy viết.",
        )
    measure = population.measure.value if population else _measure(one.measure)
    words = one.words or (_words(population, where, out_of, share=one.share) if population else one.name)
    return DefinedFigure(
        code=one.code, name=composed(one.name)[:200], name_en=composed(one.name_en)[:200], measure=measure,
        population=one.population, where={name: list(values) for name, values in where}, share=one.share,
        out_of={name: list(values) for name, values in out_of}, of_day=population.of_day if population else one.of_day,
        words=composed(words)[:500], overlaps=composed(one.overlaps)[:300], source=composed(one.source)[:300],
        evidence=one.evidence, defined_at=at, defined_by=by.name,
    )  # fmt: skip


def _words(population: Population, where: Where, out_of: Where, *, share: bool) -> str:
    said = in_words(population, where)
    whole = in_words(population, out_of)
    return f"{said}{OVER}{whole[:1].lower()}{whole[1:]}" if share else said


def _measure(text: str) -> str:
    if text not in {one.value for one in Measure}:
        raise Refused(f"Không có đơn vị tính «{text[:40]}».", where="measure", do="Chọn trong danh sách.")
    return text


def _refuse_badly_named(one: Definition) -> None:
    if not _CODE.fullmatch(one.code) or len(one.code) > 60:
        raise Refused(
            f"Mã «{one.code[:60]}» viết chưa đúng.",
            where="code",
            do="Viết chữ thường không dấu: van-ban.ban-hanh.",
        )
    if one.code in BY_FIGURE or one.code in {share.code for share in SHARES}:
        raise Refused(f"Mã «{one.code}» là của danh mục chung.", where="code", do="Chọn mã khác.")
    for value, where, words in ((one.name, "name", "tên số liệu"), (one.source, "source", "nguồn, căn cứ")):
        if not value.strip():
            raise Refused(f"Chưa ghi {words}.", where=where, do="Ghi vào ô này.")


def _says(row: DefinedFigure) -> dict[str, object]:
    return {
        "code": row.code, "name": row.name, "measure": row.measure, "population": row.population, "where": row.where,
        "share": row.share, "out_of": row.out_of, "of_day": row.of_day, "source": row.source,
    }  # fmt: skip

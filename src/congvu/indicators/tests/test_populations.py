"""Figures over records of every kind: counted by their population, opened one by one, asked through one call."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.models import DefinedFigure, HandFigure, ListEntry
from congvu.indicators.queries.answer import answer, answers
from congvu.indicators.queries.figures import by_unit, figure_of, offered, values
from congvu.indicators.queries.populations import population_of, populations, source_of
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.statistics import Reader, the_province
from congvu.indicators.rules.definitions import Among, Flag
from congvu.indicators.rules.figures import FIGURES
from congvu.indicators.rules.populations import in_words, narrower, where_of
from congvu.indicators.tests.make import Ground, moment
from congvu.indicators.tests.test_form06_ten_dossiers import Ten
from congvu.indicators.tests.test_maps import ground
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
__all__ = ["ground"]
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
TODAY = date(2026, 11, 20)


def october() -> Question:
    return ask(*OCTOBER, today=TODAY)


def everything() -> Reader:
    return the_province(october(), picture())


def defined(code: str, **how: Any) -> DefinedFigure:
    facts = {
        "name": "Số thử", "measure": "văn bản", "words": "Số thử", "source": "Báo cáo", "evidence": "TXT",
        "defined_at": moment(date(2026, 1, 1)), "defined_by": "Người thử",
    }  # fmt: skip
    return DefinedFigure.objects.create(code=code, **{**facts, **how})


def typed(figure: DefinedFigure, unit: Unit | None = None, **how: Any) -> HandFigure:
    facts = {
        "first": OCTOBER[0], "last": OCTOBER[1], "flag": "hand-entered", "paper": "Báo cáo 12/BC-SNV", "reason": "Báo cáo quý",
        "recorded_at": moment(date(2026, 11, 2)), "recorded_by": "Người thử",
    }  # fmt: skip
    return HandFigure.objects.create(figure=figure, unit=unit, **{**facts, **how})


def test_every_population_counts_and_opens_what_it_counts(
    ground: Ground, django_assert_max_num_queries: Any
) -> None:
    seen, known = everything(), picture()
    for one in populations():
        source = source_of(one.code)
        with django_assert_max_num_queries(1):
            counted = source.count([()], october(), seen, known)[0]
        with django_assert_max_num_queries(1):
            page = source.records((), october(), seen, known)
        assert sum(counted.values()) >= len(page.rows)
        for field in one.fields:
            value = field.values[0][0] if field.values else "gì đó"
            assert source.count([((field.code, (value,)),)], october(), seen, known)


def test_units_of_a_tier_are_counted_with_themselves(ground: Ground) -> None:
    defined("don-vi.xa", population="units", where={"tier": ["XA"]}, measure="đơn vị", of_day=True)
    figure = figure_of("don-vi.xa")
    rows = by_unit(figure, october(), everything(), picture())
    whole = values([figure], october(), everything(), picture())["don-vi.xa"].numerator
    assert whole == len(rows) == sum(1 for node in picture().tree(OCTOBER[1]) if node.tier == "XA")
    assert {row.value.numerator for row in rows} == {1}


def test_a_condition_names_facts_the_records_have_and_values_there_are() -> None:
    population = source_of("units").population
    where = where_of(population, {"tier": ["XA"], "kind": ["XA", "PHUONG"]})
    assert where == (("kind", ("PHUONG", "XA")), ("tier", ("XA",)))
    assert in_words(population, where) == "Đơn vị có loại: Phường hoặc Xã; cấp: Cấp xã"
    assert narrower(where, (("tier", ("XA",)),)) and not narrower((("tier", ("XA",)),), where)
    with pytest.raises(Refused, match="không có điều kiện «mau»"):
        where_of(population, {"mau": "đỏ"})
    with pytest.raises(Refused, match="không có giá trị «THON»"):
        where_of(population, {"tier": "THON"})
    with pytest.raises(Refused, match="chọn từ 1 đến 50 giá trị"):
        where_of(population, {"tier": []})
    with pytest.raises(Refused, match="Không có tập bản ghi «tau»"):
        source_of("tau")


def test_named_records_stand_behind_a_figure_of_a_list(ground: Ground) -> None:
    for n, kind in enumerate(("nghi-quyet", "nghi-quyet", "quyet-dinh")):
        ListEntry.objects.create(
            list="vbqppl", kind=kind, unit=ground.units[n % 2], day=date(2026, 10, 5 + n), title=f"Văn bản {n}", paper="12/BC",
            recorded_at=moment(date(2026, 10, 20)), recorded_by="Người thử",
        )  # fmt: skip
    listed = {"list": ["vbqppl"]}
    defined(
        "vb.nghi-quyet",
        population="entries",
        where={**listed, "kind": ["nghi-quyet"]},
        share=True,
        out_of=listed,
    )
    one = answer("vb.nghi-quyet", october(), everything(), picture())
    assert (one.value.numerator, one.value.denominator, one.records) == (2, 3, 2)
    assert one.open_url.startswith("/thong-ke/so-lieu/vb.nghi-quyet/?ky=tu-chon&tu=01%2F10%2F2026")
    page = source_of("entries").records(
        (("kind", ("nghi-quyet",)), ("list", ("vbqppl",))), october(), everything(), picture()
    )
    assert [row.title for row in page.rows] == ["Văn bản 0", "Văn bản 1"]
    of_one = answer("vb.nghi-quyet", october(), everything(), picture(), unit=ground.units[0].pk)
    assert (of_one.value.numerator, of_one.value.denominator) == (1, 2)


def test_an_entered_number_keeps_its_flag_and_says_when_its_parts_disagree(ground: Ground) -> None:
    figure = defined("vb.ban-hanh")
    assert answer("vb.ban-hanh", october(), everything(), picture()).flag is Flag.MISSING
    typed(figure, numerator=61, flag="quoted")
    typed(figure, ground.units[0], numerator=8)
    typed(figure, ground.units[1], numerator=50)
    one = answer("vb.ban-hanh", october(), everything(), picture())
    assert (one.value.numerator, one.flag) == (61, Flag.QUOTED)
    assert one.warnings == ("Số của toàn tỉnh là 61, cộng các đơn vị được 58: chênh 3 văn bản.",)
    of_one = answer("vb.ban-hanh", october(), everything(), picture(), unit=ground.units[1].pk)
    assert (of_one.value.numerator, of_one.flag) == (50, Flag.HAND)


def test_a_rate_alone_is_never_added_up(ground: Ground) -> None:
    figure = defined("mot-cua.dung-han", share=True)
    typed(figure, ground.units[0], rate="88.3", flag="rate-only")
    typed(figure, ground.units[1], rate="98.4", flag="rate-only")
    one = answer("mot-cua.dung-han", october(), everything(), picture())
    assert (one.value.numerator, one.value.share, one.flag) == (None, None, Flag.UNKNOWN_COUNT)
    of_one = answer("mot-cua.dung-han", october(), everything(), picture(), unit=ground.units[0].pk)
    assert of_one.value.share == pytest.approx(88.3) and of_one.flag is Flag.RATE_ONLY


def test_what_is_known_at_a_moment_leaves_later_corrections_out(ground: Ground) -> None:
    figure = defined("vb.soat")
    first = typed(figure, numerator=5)
    typed(figure, numerator=6, replaces=first, recorded_at=moment(date(2026, 11, 10)))
    then = ask(*OCTOBER, today=TODAY, known_on=date(2026, 11, 5))
    assert answer("vb.soat", october(), everything(), picture()).value.numerator == 6
    assert answer("vb.soat", then, everything(), picture()).value.numerator == 5


def test_many_figures_of_every_kind_take_few_statements(
    ground: Ground, django_assert_max_num_queries: Any
) -> None:
    typed(defined("tay.mot"), numerator=3)
    defined("tap.mot", population="entries", where={"list": ["a"]})
    defined("tap.hai", population="releases")
    codes = ["ho-so.dung-han", "ho-so.tiep-nhan", "tay.mot", "tap.mot", "tap.hai", "gone", "doi-ngu.nu"]
    seen, known = everything(), picture()
    with django_assert_max_num_queries(5):
        found = answers(codes, october(), seen, known)
    assert set(found) == set(codes) - {"gone"}
    with pytest.raises(Refused, match="Không có số liệu «gone»"):
        answer("gone", october(), seen, known)
    assert {"tay.mot", "tap.mot"} <= {one.code for one in offered(SYSTEM)}


def test_a_figure_of_a_unit_is_that_of_all_under_it() -> None:
    Ten(a_place()).go_on()
    seen, known = everything(), picture()
    root = known.tree(OCTOBER[1])[0].unit_id
    codes = ["ho-so.dung-han", "ho-so.tiep-nhan"]
    whole, of_root = answers(codes, october(), seen, known), answers(codes, october(), seen, known, unit=root)
    assert {code: one.value for code, one in whole.items()} == {
        code: one.value for code, one in of_root.items()
    }


def test_every_figure_of_the_catalogue_asks_of_a_population_what_its_records_say() -> None:
    for one in FIGURES:
        for place, count in enumerate(one.counts):
            if isinstance(count, Among):
                population = population_of(count.population)
                assert population.measure is one.measure, one.code
                assert place or population.of_day is one.of_day, one.code
                for field, values in count.where:
                    allowed = population.field(field).values
                    assert allowed is None or set(values) <= {value for value, _ in allowed}, one.code

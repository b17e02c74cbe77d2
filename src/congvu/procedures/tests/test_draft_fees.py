"""The draft form edits every fee line of a channel: changes, adds and removes them, and keeps what it does not touch."""

from dataclasses import replace
from typing import Any

import pytest

from congvu.procedures.actions.draft import save_draft, start_draft
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import draft_of
from congvu.procedures.rules.content import Content, FeeLine
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.test_screens import draft_fields

pytestmark = pytest.mark.django_db
ADDRESS = "/thu-tuc/1.012939/ban-thao/"
THREE = (
    FeeLine(50_000, "LE_PHI", "hồ sơ", "Lệ phí: 50.000 đồng/hồ sơ"),
    FeeLine(None, "CHUNG", "", "Theo biểu phí,\nThông tư 226/2016/TT-BTC"),
    FeeLine(0, "PHI", "", ""),
)


@pytest.fixture
def drafted() -> int:
    """A draft whose counter takes three fees."""
    procedure = a_published()
    draft = start_draft(procedure.pk, by=ADMIN, at=AT)
    said = contents([draft.pk])[draft.pk]
    (case,) = said.cases
    first, *others = case.channels
    new = replace(said, cases=(replace(case, channels=(replace(first, fees=THREE), *others)),))
    save_draft(procedure.pk, new, expected=draft.content_sha256, by=ADMIN, at=AT)
    return procedure.pk


def said_now(procedure: int) -> Content:
    draft = draft_of(procedure)
    assert draft is not None
    return contents([draft.pk])[draft.pk]


def fees_now(procedure: int) -> tuple[FeeLine, ...]:
    return said_now(procedure).cases[0].channels[0].fees


def test_every_line_stands_in_the_form_and_comes_back_as_it_was(
    visit: Any, actors: Any, drafted: int
) -> None:
    client, before = visit(actors.admin), said_now(drafted)
    sent = draft_fields(client)
    assert sent["chung-1-phi"] == ["50000", "", "0", ""]
    assert client.post(ADDRESS, sent).status_code == 302
    assert said_now(drafted) == before
    assert fees_now(drafted) == THREE


def test_lines_are_changed_added_and_removed(visit: Any, actors: Any, drafted: int) -> None:
    client = visit(actors.admin)
    sent = draft_fields(client) | {
        "chung-1-phi": ["75.000", "", "", "120 000"],
        "chung-1-loai-phi": ["LE_PHI", "CHUNG", "PHI", "PHI"],
        "chung-1-moi": ["bản", "", " ", "lần"],
        "chung-1-loi-phi": ["", "Theo biểu phí mới", "", ""],
    }
    assert client.post(ADDRESS, sent).status_code == 302
    assert fees_now(drafted) == (
        FeeLine(75_000, "LE_PHI", "bản", ""),
        FeeLine(None, "CHUNG", "", "Theo biểu phí mới"),
        FeeLine(120_000, "PHI", "lần", ""),
    )
    shown = client.get("/thu-tuc/1.012939/?phien-ban=2").content.decode()
    for words in ("75.000 đồng / bản", "Theo biểu phí mới", "120.000 đồng / lần"):
        assert words in shown


@pytest.mark.parametrize(
    ("amounts", "texts", "words"),
    [
        (["50000", "năm mươi"], ["", ""], "Trực tiếp, dòng phí 2: «năm mươi» không phải số nguyên"),
        (["50000", "-1"], ["", ""], "dòng phí 2: «-1» không phải số nguyên"),
        (["1"] * 61, [""] * 61, "Có 61 dòng phí."),
        (["1"], ["x" * 5001], "Lời ghi dài 5001 ký tự."),
    ],
)
def test_a_bad_line_is_named_and_nothing_typed_is_lost(
    visit: Any, actors: Any, drafted: int, amounts: list[str], texts: list[str], words: str
) -> None:
    client = visit(actors.admin)
    sent = draft_fields(client) | {"chung-1-phi": amounts, "chung-1-loi-phi": texts}
    sent |= {"chung-1-loai-phi": ["PHI"] * len(amounts), "chung-1-moi": ["mỗi <b>bản</b>"] * len(amounts)}
    answer = client.post(ADDRESS, sent)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    form = answer.context["form"].cases[0].channels[0]
    assert [box.amount for box in form.fees] == [*amounts, ""]
    assert "mỗi &lt;b&gt;bản&lt;/b&gt;" in page
    assert fees_now(drafted) == THREE


def test_a_term_out_of_bounds_names_its_case_and_channel(visit: Any, actors: Any, drafted: int) -> None:
    client = visit(actors.admin)
    for term in ("0", "10001"):
        answer = client.post(ADDRESS, draft_fields(client) | {"chung-1-so": term})
        assert f"Trường hợp chung, Trực tiếp: Thời hạn {term} không dùng được." in answer.content.decode()
    assert client.post(ADDRESS, draft_fields(client) | {"chung-1-so": "10000"}).status_code == 302

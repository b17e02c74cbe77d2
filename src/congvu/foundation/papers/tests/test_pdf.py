"""Papers hold exactly what was typed, in own fonts, whatever it looks like."""

import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from congvu.foundation.papers import pdf
from congvu.foundation.papers.codes import bars_svg, qr_svg
from congvu.foundation.papers.pdf import printable, render

TEMPLATES = Path(pdf.SOURCE)
# in the text of a template a semicolon after a value ends the expression and is not printed: it is written \;
_SWALLOWED = re.compile(r"#[A-Za-z][\w.-]*(\([^()]*\))*;")
HOSTILE = (
    "#let x = 1; #panic() $a^2$ *đậm* _nghiêng_ `mã` <b>HTML</b> \\ // /* */ @nhãn = Đề mục",
    "Nguyễn Thị Ủy, Đỗ Quỳnh Nhưỡng, phường Trần Hưng Đạo, ẫậẵặễệỗộỡợữự ẪẬẴẶỄỆỖỘỠỢỮỰ",
    "\"trích dẫn\" và 'đơn' -- gạch --- dài ... ~ {ngoặc} [vuông] {{ jinja }} {% for %}",
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A template that shows one text, found where the papers' templates are."""
    (tmp_path / "t.typ").write_text(
        '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Liberation Serif", lang: "vi")\n#data.said'
    )
    monkeypatch.setattr(pdf, "SOURCE", tmp_path)
    monkeypatch.setattr(pdf, "_OWN", type(pdf._OWN)())
    return "t.typ"


def said(content: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_what_is_read_back(page: str, text: str) -> None:
    assert said(render(page, {"said": text})) == text


def test_decomposed_letters_come_out_composed(page: str) -> None:
    text = "Nguyễn Thị Ngọc Diễm, xã Ứng Hòa, ỵ ẽ ỗ"
    assert said(render(page, {"said": unicodedata.normalize("NFD", text)})) == text


def test_five_thousand_letters_flow_on_and_lose_nothing(page: str) -> None:
    words = "Ủy ban nhân dân xã " * 264
    made = render(page, {"said": words[:5000]})
    assert len(PdfReader(BytesIO(made)).pages) >= 2
    assert said(made) == " ".join(words[:5000].split())


def test_a_run_without_spaces_breaks_inside_the_paper(page: str) -> None:
    made = render(page, {"said": "đ" * 5000})
    letters = re.sub(r"[\s\u200b]", "", said(made))
    assert letters == "đ" * 5000


def test_a_semicolon_after_a_value_is_swallowed_unless_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Liberation Serif", lang: "vi")\n'
    for name, mark in (("bare", ";"), ("kept", "\\;")):
        (tmp_path / f"{name}.typ").write_text(f"{head}\\- #data.said{mark} hết")
    monkeypatch.setattr(pdf, "SOURCE", tmp_path)
    monkeypatch.setattr(pdf, "_OWN", type(pdf._OWN)())
    assert said(render("bare.typ", {"said": "Sở Nội vụ"})) == "- Sở Nội vụ hết"
    assert said(render("kept.typ", {"said": "Sở Nội vụ"})) == "- Sở Nội vụ; hết"


def test_no_template_of_ours_swallows_a_semicolon() -> None:
    found = sorted(TEMPLATES.rglob("*.typ"))
    assert len(found) > 8
    for one in found:
        assert _SWALLOWED.findall(one.read_text()) == [], one.name


def test_what_no_paper_can_show_is_left_out() -> None:
    assert printable({"a": ["x\x00y\x1b", "\ud800z"], "n": 3}) == {"a": ["xy", "z"], "n": 3}


def test_only_own_fonts_and_all_embedded(page: str) -> None:
    fonts = PdfReader(BytesIO(render(page, {"said": HOSTILE[1]}))).pages[0]["/Resources"]["/Font"]
    for one in fonts.values():
        font = one.get_object()
        below = font["/DescendantFonts"][0].get_object()
        assert "LiberationSerif" in font["/BaseFont"] and "/FontFile2" in below["/FontDescriptor"]


def test_a_fault_of_ours_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.typ").write_text("#nothing-of-that-name")
    monkeypatch.setattr(pdf, "SOURCE", tmp_path)
    with pytest.raises(ValueError, match=r"bad\.typ"):
        render("bad.typ", {})


def test_bars_and_square_are_drawn() -> None:
    bars = bars_svg("H99.01-261120-0001")
    assert bars.count("M") > 30 and 'viewBox="0 0' in bars
    assert "<svg" in qr_svg("https://vi.du/tra-cuu/?ma=H99.01-261120-0001")
    for wrong in ("", "Mã", "a\n"):
        with pytest.raises(ValueError, match="bars"):
            bars_svg(wrong)

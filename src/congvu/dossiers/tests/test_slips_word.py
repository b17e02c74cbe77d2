"""Slips as Word: by the programme's template, by the office's; what a template may and may not do."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from congvu.dossiers.rules.slips import FORM_SETS, RECEIPT
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.test_slips_pdf import HOSTILE, a_dossier
from congvu.dossiers.web.paper_templates import KINDS
from congvu.dossiers.web.papers.fields import Setting, slip_fields
from congvu.dossiers.web.papers.word import KNOWN, default_template
from congvu.foundation.papers.word import render_word, unknown_fields
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def a_template(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORM_SETS[-1].forms[:-1], ids=lambda form: form.slug)
def test_the_programmes_templates_name_only_fields_there_are(form: Any) -> None:
    assert unknown_fields(default_template(form), KNOWN) == []


def test_a_slip_as_word_says_what_was_typed(office: Office) -> None:
    one = a_dossier(office, "2026-11-20 14:00")
    answer = office.enter(office.place.clerk).get(f"/ho-so/{one.code}/word/giay-tiep-nhan/")
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith('.docx"')
    text = text_of(answer.content)
    for said in (
        one.code,
        "Nguyễn Thị Ủy #1",
        HOSTILE,
        "Điều lệ <b>đã duyệt</b>",
        "GIẤY TIẾP NHẬN HỒ SƠ",
        "30/11/2026",
    ):
        assert said in text, said
    assert "{{" not in text.replace("{{ d }}", "") and "{%" not in text
    assert len(Document(BytesIO(answer.content)).inline_shapes) == 1  # the square code


def test_the_names_known_are_those_a_slip_has(office: Office) -> None:
    from congvu.dossiers.access import visible_to
    from congvu.dossiers.queries.detail import details
    from congvu.dossiers.tests.make import at
    from congvu.dossiers.web.dossier import picture
    from congvu.foundation.workdays import calendar_for

    one = a_dossier(office, "2026-11-20 14:00")
    day = at("2026-11-20 15:00").date()
    (found,) = details(visible_to(office.place.clerk, day), [one.pk])
    setting = Setting(picture(), calendar_for((2026, 2027)), day, "http://x/")
    assert set(slip_fields(found, KINDS[RECEIPT], setting)) == KNOWN


def test_an_office_prints_by_its_own_template_until_it_is_taken_back(office: Office) -> None:
    one = a_dossier(office, "2026-11-20 14:00")
    admin, clerk = office.enter(office.place.admin), office.enter(office.place.clerk)
    sent = {
        "mau": RECEIPT,
        "don-vi": str(office.place.centre.pk),
        "tep": SimpleUploadedFile("mau-cua-so.docx", a_template("Mẫu riêng: {{ maHoSo }} {{ khongCo }}")),
    }
    page = admin.post("/mau-phieu/", sent, follow=True).content.decode()
    assert "khongCo" in page and "mau-cua-so.docx" in page
    address = f"/ho-so/{one.code}/word/giay-tiep-nhan/"
    assert text_of(clerk.get(address).content).strip() == f"Mẫu riêng: {one.code}"
    back = {"mau": RECEIPT, "don-vi": str(office.place.centre.pk), "viec": "bo"}
    assert admin.post("/mau-phieu/", back).status_code == 302
    assert "Mẫu riêng" not in text_of(clerk.get(address).content)


def test_what_is_no_template_is_refused_in_words(office: Office) -> None:
    admin = office.enter(office.place.admin)
    for name, content, words in (
        ("x.docx", b"khong phai", "không phải văn bản Word"),
        ("x.docx", a_template("{{ maHoSo"), "sai cú pháp"),
        ("x.docx", b"0" * (3 * 1024 * 1024), "lớn hơn 2 MB"),
    ):
        answer = admin.post("/mau-phieu/", {"mau": RECEIPT, "tep": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422 and words in answer.content.decode(), words
    assert admin.get("/mau-phieu/giay-tiep-nhan/mac-dinh/").status_code == 200
    assert admin.get("/mau-phieu/khong-co/mac-dinh/").status_code == 404


def test_a_template_cannot_reach_the_machine() -> None:
    for hostile in (
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ maHoSo.__init__.__globals__ }}",
        "{% for n in range(10**9) %}x{% endfor %}",
    ):
        with pytest.raises(Refused, match="không điền được"):
            render_word(a_template(hostile), {"maHoSo": "H99"})

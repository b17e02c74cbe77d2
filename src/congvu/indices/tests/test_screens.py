"""The screens: a set drafted, approved, a round opened and scored by hand; what is refused stands where it was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congvu.indices.actions.move_sheet import move_sheets
from congvu.indices.actions.publish_round import publish_round
from congvu.indices.actions.write_sheet import Typed, write_sheet
from congvu.indices.models import Entry, IndexSet, Proof, Round, Sheet
from congvu.indices.rules.starter.all import STARTERS
from congvu.indices.rules.starter.one_stop import ONE_STOP
from congvu.indices.tests.make import AT, SMALL, a_round, a_set
from congvu.indices.tests.test_round import OWN, through

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Bộ thử", "code": "thu", "edition": "2026", "audience": "SO", "measure": "percent", "whole": "10", "step": "0,25",
    "policy": "exclude", "bands": "90: xuất sắc; 0: yếu", "citation": "QĐ thử", "evidence": "MEM", "table": SMALL,
}  # fmt: skip
MOST = 8


def test_a_set_is_drafted_shown_wrong_mended_and_approved(actors, visit) -> None:  # type: ignore[no-untyped-def]
    keeper = visit(actors.personnel)
    wrong = SMALL.replace("1.1; Kế hoạch; 1;", "1.1; Kế hoạch; 2;")
    answer = keeper.post("/chi-so/bo/moi/", {**FORM, "table": wrong}, follow=True)
    said = answer.content.decode()
    assert "1: các mục con cộng lại 5, ghi 4." in said
    one = IndexSet.objects.get()
    refused = keeper.post(reverse("index-set", args=[one.pk]), {"viec": "phe-duyet", "number": "01/QĐ-UBND"})
    assert refused.status_code == 422
    assert "01/QĐ-UBND" in refused.content.decode()
    keeper.post(reverse("edit-index-set", args=[one.pk]), FORM)
    keeper.post(reverse("index-set", args=[one.pk]), {"viec": "phe-duyet", "number": "01/QĐ-UBND"})
    one.refresh_from_db()
    assert (one.state, one.decision_number) == ("approved", "01/QĐ-UBND")


def test_a_row_that_cannot_be_read_is_named_and_nothing_typed_is_lost(actors, visit) -> None:  # type: ignore[no-untyped-def]
    answer = visit(actors.personnel).post("/chi-so/bo/moi/", {**FORM, "table": "1; Kế hoạch; nhiều; chấm"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "không đọc được điểm tối đa «nhiều»" in said
    assert "1; Kế hoạch; nhiều; chấm" in said


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: one.code)
def test_every_set_to_begin_with_fills_the_form_and_shows_its_badge(starter, actors, visit) -> None:  # type: ignore[no-untyped-def]
    said = visit(actors.personnel).get(f"/chi-so/bo/moi/?mau={starter.code}").content.decode()
    assert "Bảng cộng đúng" in said
    assert "Chưa có số liệu" not in said
    assert starter.table.strip().splitlines()[0].split(";")[1].strip() in said


def test_a_round_is_opened_and_a_sheet_scored_refused_and_handed_in(actors, visit) -> None:  # type: ignore[no-untyped-def]
    of = a_set()
    opened = {
        "set": of.pk,
        "first": "01/01/2026",
        "last": "31/12/2026",
        "units": "H98.08\n+ Bộ Thử",
        "han_self": "30/11/2026",
    }
    assert visit(actors.personnel).post("/chi-so/ky/moi/", opened).status_code == 302
    sheet = Sheet.objects.get(code="H98.08")
    officer, url = visit(actors.specialist), reverse("index-sheet", args=[sheet.pk])
    refused = officer.post(url, {"viec": "luu", "o.1.1": "có", "o.2.1": "2,5"})
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "Điểm 2,5 cao hơn điểm tối đa 2" in said
    assert 'value="2,5"' in said
    assert 'value="có"' in said
    officer.post(url, {"viec": "submit", "o.1.1": "có", "o.1.2": "46/50", "o.2.1": "2"})
    sheet.refresh_from_db()
    assert sheet.state == "appraisal"
    assert visit(actors.leader).get(url).status_code == 200
    assert "2,76 (46/50)" in officer.get(url).content.decode()


def test_others_see_no_sheet_before_publication_and_all_results_after(actors, visit, make_person) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    sheet = Sheet.objects.get(round=one)
    other = visit(make_person("specialist", actors.centre))
    assert other.get(reverse("index-sheet", args=[sheet.pk])).status_code == 404
    assert other.get(reverse("index-result", args=[one.pk])).status_code == 422
    through(sheet, actors)
    publish_round(one.pk, "99/QĐ-UBND", by=actors.auditor.actor, at=AT)
    said = other.get(reverse("index-result", args=[one.pk])).content.decode()
    assert "87,60%" in said
    assert "Tính lại khớp số đã công bố" in said


def test_the_results_as_a_sheet_hold_numbers(actors, visit) -> None:  # type: ignore[no-untyped-def]
    from io import BytesIO

    from openpyxl import load_workbook

    one = a_round(a_set(), [actors.home])
    through(Sheet.objects.get(round=one), actors)
    answer = visit(actors.auditor).get(reverse("index-result-book", args=[one.pk]))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[4][:5] == (1, "Sở Nội vụ", 87.6, 8.76, 10)


def test_no_page_asks_more_than_eight_times(actors, visit) -> None:  # type: ignore[no-untyped-def]
    before, one = (
        a_round(a_set("2025"), [actors.home], 2025),
        a_round(a_set("2026"), [actors.home, actors.centre]),
    )
    through(Sheet.objects.get(round=before), actors)
    client, sheet = visit(actors.auditor), Sheet.objects.get(round=one, unit=actors.home)
    names = {"index-set": one.set_id, "index-round": one.pk, "index-result": one.pk}
    paths = ["/chi-so/", *(reverse(name, args=[pk]) for name, pk in names.items())]
    paths += [reverse(name, args=[sheet.pk]) for name in ("index-sheet", "index-simulation", "index-years")]
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        assert len(asked) <= MOST, (path, [one["sql"][:80] for one in asked])
    assert Round.objects.count() == 2


def test_a_simulation_tells_the_gain_and_refuses_more_than_the_maximum(actors, visit) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    sheet = Sheet.objects.get(round=one)
    through(sheet, actors)
    url, client = reverse("index-simulation", args=[sheet.pk]), visit(actors.specialist)
    said = client.get(url, {"d.2.1": "2"}).content.decode()
    assert "92,60%" in said
    assert client.get(url, {"d.2.1": "3"}).status_code == 422


def test_an_appraiser_agrees_to_every_cell_left_empty_but_to_no_survey(actors, visit) -> None:  # type: ignore[no-untyped-def]
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    write_sheet(sheet.pk, OWN, by=actors.specialist.actor, at=AT)
    move_sheets([sheet.pk], "submit", by=actors.specialist.actor, at=AT)
    typed = {"viec": "dong-y", "o.1.1": "0", "g.1.1": "thiếu kế hoạch", "o.1.2": "", "o.2.1": "", "o.2.2": ""}
    visit(actors.personnel).post(reverse("index-sheet", args=[sheet.pk]), typed)
    told = Entry.objects.filter(sheet=sheet, column="appraisal").order_by("criterion__place")
    assert [(one.criterion.code, one.text, one.note) for one in told] == [
        ("1.1", "0", "thiếu kế hoạch"), ("1.2", "=", ""), ("2.1", "=", ""),
    ]  # fmt: skip


def test_the_one_stop_sheet_tells_what_officers_are_measured_by(actors, visit) -> None:  # type: ignore[no-untyped-def]
    of = a_set(
        table=ONE_STOP.table, measure="points", whole=18, bands=ONE_STOP.bands, audience="MOT_CUA", step=1
    )
    sheet = Sheet.objects.get(round=a_round(of, [actors.home]))
    told = dict(zip("123456789", ("1,8", "1,7", "1,6", "1,0", "1", "2", "1,5", "100%", "2"), strict=True))
    write_sheet(
        sheet.pk, {code: Typed(text) for code, text in told.items()}, by=actors.specialist.actor, at=AT
    )
    said = visit(actors.specialist).get(reverse("index-sheet", args=[sheet.pk])).content.decode()
    assert "7,60</b>/10 điểm, hoàn thành 100% nhiệm vụ" in said
    assert "14,6: 14,60/18,00 điểm" in said


def test_a_criterion_bound_to_no_figure_is_told_beside_the_table(actors, visit) -> None:  # type: ignore[no-untyped-def]
    typed = {**FORM, "code": "", "table": SMALL.replace("tỷ lệ từ 80", "tỷ lệ từ 80; khong.co")}
    said = visit(actors.personnel).post("/chi-so/bo/moi/", typed).content.decode()
    assert "Chưa có số liệu khong.co" in said


def test_codes_of_figures_are_found_by_name_and_nothing_typed_is_lost(actors, visit) -> None:  # type: ignore[no-untyped-def]
    keeper = visit(actors.personnel)
    typed = {**FORM, "edition": "", "tim": "dung han", "viec": "tim"}
    answer = keeper.post("/chi-so/bo/moi/", typed)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "ho-so.xong-dung-han" in said
    assert "Nhiệm vụ đúng hạn" in said
    by_enter = keeper.post("/chi-so/bo/moi/", {**FORM, "tim": "thoi gian", "viec": "enter"}).content.decode()
    assert "mot-cua.thoi-gian" in by_enter
    assert IndexSet.objects.count() == 0
    keeper.post("/chi-so/bo/moi/", {**FORM, "tim": "thoi gian", "da-tim": "thoi gian", "viec": "enter"})
    assert IndexSet.objects.count() == 1


def test_a_file_proves_a_criterion_until_the_sheet_is_handed_in(actors, visit) -> None:  # type: ignore[no-untyped-def]
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    officer, url = visit(actors.specialist), reverse("index-sheet", args=[sheet.pk])
    paper = SimpleUploadedFile("kế hoạch.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    # what was typed beside the file is kept with it
    officer.post(
        url, {"viec": "tep", "tieu-chi": "1.1", "tep": paper, "o.1.1": "có", "o.1.2": "46/50", "o.2.1": "2"}
    )
    kept = Proof.objects.get()
    assert (kept.criterion.code, Entry.objects.filter(sheet=sheet).count()) == ("1.1", 3)
    opened = officer.get(reverse("index-proof", args=[sheet.pk, kept.pk]))
    assert opened.headers["Content-Type"] == "application/pdf"
    other = visit(actors.clerk).get(reverse("index-proof", args=[sheet.pk, kept.pk]))
    assert other.status_code == 403
    officer.post(url, {"viec": "submit"})
    refused = officer.post(url, {"bo-tep": str(kept.pk)})
    assert refused.status_code == 422
    kept.refresh_from_db()
    assert kept.removed_at is None


def _at_second(actors) -> Sheet:  # type: ignore[no-untyped-def]
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    through(sheet, actors)
    move_sheets([sheet.pk], "reopen", by=actors.auditor.actor, at=AT, why="xem lại")
    return sheet


def test_enter_saves_and_a_whole_sheet_is_agreed_to_at_the_first_appraisal_alone(actors, visit) -> None:  # type: ignore[no-untyped-def]
    sheet = _at_second(actors)
    client, url = visit(actors.personnel), reverse("index-sheet", args=[sheet.pk])
    said = client.get(url).content.decode()
    first = said[said.index('id="phieu"') :].split('type="submit"', 1)[1]
    assert first.startswith(' name="viec" value="luu"')
    assert 'value="dong-y"' not in said
    before = Entry.objects.filter(sheet=sheet).count()
    refused = client.post(url, {"viec": "dong-y", "o.1.1": "", "o.2.1": ""})
    assert (refused.status_code, Entry.objects.filter(sheet=sheet).count()) == (422, before)


def test_two_people_at_one_sheet_do_not_erase_each_other(actors, visit) -> None:  # type: ignore[no-untyped-def]
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    officer, url = visit(actors.specialist), reverse("index-sheet", args=[sheet.pk])
    said = officer.get(url).content.decode()
    assert 'name="buoc" value="self"' in said
    assert 'name="c.1.1" value=""' in said
    write_sheet(sheet.pk, OWN, by=actors.specialist.actor, at=AT)
    blank = {f"{name}.{code}": "" for name in ("o", "g", "c", "cg") for code in ("1.1", "1.2", "2.1")}
    officer.post(url, {**blank, "viec": "luu", "buoc": "self", "o.2.1": "1"})
    told = {one.criterion.code: one.text for one in Entry.objects.filter(sheet=sheet).order_by("pk")}
    assert told == {"1.1": "có", "1.2": "46/50", "2.1": "1"}
    late = officer.post(url, {**blank, "viec": "luu", "buoc": "appraisal", "o.2.1": "2"})
    assert "Phiếu đã sang bước «Tự chấm»" in late.content.decode()


def test_a_note_beside_what_a_figure_filled_leaves_the_figure(actors) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    sheet = Sheet.objects.get(round=one)
    held = one.set.criteria.get(code="1.2")
    Entry.objects.create(
        sheet=sheet, criterion=held, column="self", text="46/50", figure="x", at=AT, by="máy"
    )
    write_sheet(sheet.pk, {"1.2": Typed("46/50", "xem phụ lục")}, by=actors.specialist.actor, at=AT)
    last = Entry.objects.filter(sheet=sheet).latest("pk")
    assert (last.text, last.note, last.figure) == ("46/50", "xem phụ lục", "x")
    write_sheet(sheet.pk, {"1.2": Typed("45/50", "xem phụ lục")}, by=actors.specialist.actor, at=AT)
    assert Entry.objects.filter(sheet=sheet).latest("pk").figure == ""


def test_a_cell_that_cannot_be_read_any_more_breaks_no_page(actors, visit) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    sheet = Sheet.objects.get(round=one)
    held = one.set.criteria.get(code="2.1")
    Entry.objects.create(sheet=sheet, criterion=held, column="self", text="9,9", at=AT, by="máy")
    client = visit(actors.specialist)
    assert "9,9" in client.get(reverse("index-sheet", args=[sheet.pk])).content.decode()
    assert client.get(reverse("index-result", args=[one.pk])).status_code == 200


def test_before_publication_who_sees_a_part_of_a_round_is_told_no_rank_and_no_mean(actors, visit) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home, actors.centre])
    for sheet in Sheet.objects.filter(round=one):
        for code, typed in OWN.items():
            held = one.set.criteria.get(code=code)
            Entry.objects.create(sheet=sheet, criterion=held, column="self", text=typed.text, at=AT, by="máy")
    url = reverse("index-result", args=[one.pk])
    part, whole = (visit(one).get(url) for one in (actors.specialist, actors.auditor))
    assert [row["row"].rank for row in part.context["rows"]] == [None]
    assert [row["row"].rank for row in whole.context["rows"]] == [1, 1]
    assert "Trung bình" not in part.content.decode()
    assert "Trung bình" in whole.content.decode()


def test_who_scored_a_sheet_is_shown_no_button_to_appraise_it(actors, visit, make_person) -> None:  # type: ignore[no-untyped-def]
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    chief = make_person("leader", actors.province, username="ca.hai")
    write_sheet(sheet.pk, OWN, by=chief.actor, at=AT)
    move_sheets([sheet.pk], "submit", by=chief.actor, at=AT)
    client, url = visit(chief), reverse("index-sheet", args=[sheet.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        said = client.get(url).content.decode()
    assert len(asked) <= MOST
    assert "Người đã tự chấm phiếu này không thẩm định nó." in said
    assert 'name="viec"' not in said


def test_a_file_that_is_no_sheet_loses_nothing_typed(actors, visit) -> None:  # type: ignore[no-untyped-def]
    broken = SimpleUploadedFile("bang.xlsx", b"PK\x03\x04 hong")
    answer = visit(actors.personnel).post("/chi-so/bo/moi/", {**FORM, "sheet": broken})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Không đọc được tệp Excel" in said
    assert "Nhiệm vụ đúng hạn" in said
    assert IndexSet.objects.count() == 0


def test_numbers_and_codes_out_of_all_size_are_refused_in_words(actors, visit) -> None:  # type: ignore[no-untyped-def]
    keeper = visit(actors.personnel)
    for wrong in (
        {"whole": "10000"}, {"step": "100"}, {"table": f"1; A; 1; chấm; {'x' * 81}"}, {"table": f"{'1' * 21}; A; 1; chấm"},
        {"table": "1; A; 10000; chấm"}, {"table": f"1; A; 1; khảo sát {'x' * 300}"}, {"table": f"1; A; 1; chấm;;;{'1' * 21}"},
    ):  # fmt: skip
        assert keeper.post("/chi-so/bo/moi/", {**FORM, **wrong}).status_code == 422, wrong
    assert IndexSet.objects.count() == 0
    sheet = Sheet.objects.get(round=a_round(a_set(), [actors.home]))
    answer = visit(actors.specialist).post(
        reverse("index-sheet", args=[sheet.pk]), {"viec": "luu", "o.2.1": "1" * 301, "o.1.1": "có", "g.1.1": "a\x00b"}
    )  # fmt: skip
    assert "Ô dài quá 300 ký tự." in answer.content.decode()
    write_sheet(sheet.pk, {"1.1": Typed("có", "a\x00b")}, by=actors.specialist.actor, at=AT)
    assert Entry.objects.get(sheet=sheet).note == "ab"


def test_deadlines_typed_wrong_stand_where_they_were_typed(actors, visit) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home])
    typed = {"viec": "han", "han_self": "02/12/2026", "han_appraisal": "01/12/2026"}
    answer = visit(actors.personnel).post(reverse("index-round", args=[one.pk]), typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="02/12/2026"' in said
    assert 'value="01/12/2026"' in said

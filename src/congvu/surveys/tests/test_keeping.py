"""Keeping surveys: samples that can be drawn again, papers that are asked again, tables that are answered row by row."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.actions import record
from congvu.foundation.audit.chain import seal
from congvu.foundation.identity.actor import STRANGER, SYSTEM, Actor, Held
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet, read_sheet
from congvu.foundation.workdays.days import add_days
from congvu.surveys.actions.answer import Door, answer
from congvu.surveys.actions.campaigns import close_campaign, make_campaign, open_campaign
from congvu.surveys.actions.draw_sample import draw_sample
from congvu.surveys.actions.enter_sheets import SheetIn, enter_sheets, recheck_sheet
from congvu.surveys.actions.import_sheets import import_sheets
from congvu.surveys.actions.invite import invite
from congvu.surveys.actions.invite_finished import invite_finished, invite_sample
from congvu.surveys.actions.kiosks import close_kiosk, open_kiosk
from congvu.surveys.actions.replace_member import replace_member
from congvu.surveys.actions.review_texts import review_texts
from congvu.surveys.models import InterviewSheet, Invitation, SurveyAnswer, SurveyLink, SurveyText
from congvu.surveys.queries.campaigns import Gone, content, response
from congvu.surveys.queries.results import by_unit
from congvu.surveys.rules.questionnaires import Given
from congvu.surveys.rules.words import DIFFERS, EXCEL, HIDDEN, INTERVIEW, KIOSK, LINK, QR, SAMPLED, SHOWN
from congvu.surveys.tests.make import NOW, a_campaign
from congvu.surveys.web.sheet_file import template

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(frozen_clock: Any) -> Place:
    return a_place()


def ended(place: Place, count: int) -> list[int]:
    """Dossiers that were handled in October."""
    for _ in range(count):
        place.received("2026-10-05 08:00")
    Dossier.objects.update(status=9, ended_on=date(2026, 10, 9), ended_at=at("2026-10-09 10:00"))
    return list(Dossier.objects.order_by("id").values_list("id", flat=True))


def test_a_sample_is_drawn_again_by_its_number_and_its_reserve_steps_in(place: Place) -> None:
    ended(place, 30)
    campaign = a_campaign("sipas", kind=SAMPLED, opened=False)
    with pytest.raises(Refused):
        open_campaign(campaign.pk, by=SYSTEM, at=NOW)

    def draw(seed: int) -> list[int]:
        wanted = draw_sample(campaign.pk, 10, date(2026, 10, 1), date(2026, 10, 31), seed, by=SYSTEM, at=NOW)
        assert wanted == {place.home_affairs.pk: 10}
        return list(Invitation.objects.order_by("place").values_list("dossier_id", flat=True))

    first = draw(7)
    assert len(first) == 12 and draw(8) != first and draw(7) == first
    campaign = open_campaign(campaign.pk, by=SYSTEM, at=NOW)
    with pytest.raises(Refused):
        draw(9)
    old = Invitation.objects.get(place=3)
    new = replace_member(old.pk, "gọi ba lần không được", by=SYSTEM, at=NOW)
    assert new is not None and (new.place, new.replaces_id) == (11, old.pk)
    assert replace_member(old.pk, "lần nữa", by=SYSTEM, at=NOW) == new
    replace_member(Invitation.objects.get(place=4).pk, "trùng người", invalid=True, by=SYSTEM, at=NOW)
    replace_member(Invitation.objects.get(place=5).pk, "đã chuyển đi", by=SYSTEM, at=NOW)
    with pytest.raises(Refused):
        replace_member(Invitation.objects.get(place=6).pk, "hết dự phòng", by=SYSTEM, at=NOW)
    (found,) = response(campaign)
    assert (found.frame, found.wanted, found.asked, found.replaced, found.invalid) == (30, 10, 9, 2, 1)
    tokens = invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW)
    assert len(tokens) == 9, "only those asked get a link"
    sent = invite_sample(campaign, {"sms"}, "https://motcua.example", by=SYSTEM, at=NOW)
    assert sent == (9, 0) and Notice.objects.filter(kind="khao-sat").count() == 9
    links = SurveyLink.objects.count()
    assert invite_sample(campaign, {"sms"}, "https://motcua.example", by=SYSTEM, at=NOW) == (9, 0)
    assert (Notice.objects.count(), SurveyLink.objects.count()) == (9, links), "pressed twice it is sent once"
    invite_sample(campaign, {"sms"}, "https://motcua.example", by=SYSTEM, at=add_days(NOW, 1))
    assert Notice.objects.count() == 18
    with pytest.raises(Refused, match="không có trong mẫu"):
        enter_sheets(
            campaign, INTERVIEW, [SheetIn("P", place.police.pk, "X", Given((5, 5, 5)))], by=SYSTEM, at=NOW
        )
    open_to_all = [INTERVIEW, QR]
    with pytest.raises(Refused, match="chỉ hỏi người trong mẫu"):
        make_campaign(
            "mau-2", "Mẫu", SAMPLED, campaign.version_id, campaign.first, campaign.last, open_to_all, by=SYSTEM,
            at=NOW,
        )  # fmt: skip


def test_what_is_not_there_is_said_to_be_gone(place: Place) -> None:
    for act in (
        lambda: close_kiosk(0, by=SYSTEM, at=NOW),
        lambda: replace_member(0, "đã chuyển", by=SYSTEM, at=NOW),
        lambda: recheck_sheet(0, DIFFERS, by=SYSTEM, at=NOW),
    ):
        with pytest.raises(Gone):
            act()


def test_a_survey_closed_meanwhile_takes_no_sheet(place: Place) -> None:
    read_before = a_campaign()
    close_campaign(read_before.pk, by=SYSTEM, at=NOW)
    assert read_before.state == "OPEN"
    with pytest.raises(Refused, match="đã đóng"):
        enter_sheets(
            read_before, INTERVIEW, [SheetIn("P", place.police.pk, "X", Given((5, 5, 5)))], by=SYSTEM, at=NOW
        )


def test_two_links_of_one_dossier_open_one_answer(place: Place) -> None:
    place.received()
    campaign = a_campaign()
    dossiers = list(Dossier.objects.all())
    first, second = (next(iter(invite(campaign, dossiers, by=SYSTEM, at=NOW).values())) for _ in range(2))
    answer(campaign.code, Door(LINK, second), Given((5, 5, 5)), by=STRANGER, at=NOW)
    with pytest.raises(Refused, match="đã được dùng"):
        answer(campaign.code, Door(LINK, first), Given((1, 1, 1)), by=STRANGER, at=NOW)
    assert invite(campaign, dossiers, by=SYSTEM, at=NOW) == {}


def test_whoever_gets_a_result_is_sent_one_link(place: Place) -> None:
    campaign = a_campaign()
    place.received("2026-11-19 08:00")
    record("finish", "dossier", Dossier.objects.get().pk, by=SYSTEM, at=NOW)
    assert invite_finished({"sms"}, "https://motcua.example", at=NOW) == 0, "not sealed yet"
    seal(at=NOW)
    assert invite_finished({"sms"}, "https://motcua.example", at=NOW) == 1
    assert invite_finished({"sms"}, "https://motcua.example", at=NOW) == 0
    notice = Notice.objects.get()
    link = notice.text.split("/phieu/")[1].split("/")[0]
    answer(campaign.code, Door(LINK, link), Given((5, 5, 5)), by=STRANGER, at=NOW)
    assert Invitation.objects.get().answered


def test_a_machine_takes_answers_until_it_is_closed(place: Place) -> None:
    campaign = a_campaign()
    with pytest.raises(Refused):
        open_kiosk(campaign, place.home_affairs.pk, "Máy lạ", by=place.clerk, at=NOW)
    machine, token = open_kiosk(campaign, place.centre.pk, "Máy 1", by=place.clerk, at=NOW)
    for _ in range(3):
        answer(campaign.code, Door(KIOSK, token), Given((4, 0, 0)), by=STRANGER, at=NOW)
    close_kiosk(machine.pk, by=place.clerk, at=NOW)
    with pytest.raises(Refused):
        answer(campaign.code, Door(KIOSK, token), Given((4, 0, 0)), by=STRANGER, at=NOW)
    assert SurveyAnswer.objects.count() == 3


def an_enterer(place: Place, name: str = "Người Nhập") -> Actor:
    return Actor(90, name, "nhap", "", (Held("personnel", place.province.pk),))


def test_a_sheet_names_its_interviewer_and_a_false_one_no_longer_counts(place: Place) -> None:
    campaign = a_campaign()
    typist, other = an_enterer(place), an_enterer(place, "Người Khác")
    rows = [SheetIn(f"P{n}", place.centre.pk, "Điều Tra", Given((5, 5, 5))) for n in range(3)]
    assert enter_sheets(campaign, INTERVIEW, rows, by=typist, at=NOW) == 3
    with pytest.raises(Refused, match="P1 đã nhập"):
        enter_sheets(campaign, INTERVIEW, rows[1:2], by=typist, at=NOW)
    with pytest.raises(Refused):
        enter_sheets(
            campaign, INTERVIEW, [SheetIn("Q", place.centre.pk, " ", Given((5, 5, 5)))], by=typist, at=NOW
        )
    with pytest.raises(Refused, match="đơn vị được hỏi"):
        own = Actor(91, "Của Họ", "ho", "", (Held("specialist", place.centre.pk),))
        enter_sheets(
            campaign, INTERVIEW, [SheetIn("Q", place.centre.pk, "X", Given((5, 5, 5)))], by=own, at=NOW
        )
    sheet = InterviewSheet.objects.get(number="P0")
    with pytest.raises(Refused):
        recheck_sheet(sheet.pk, DIFFERS, by=typist, at=NOW)
    recheck_sheet(sheet.pk, DIFFERS, "không phải người ấy", by=other, at=NOW)
    assert response(campaign)[0].answers == 2
    close_campaign(campaign.pk, by=SYSTEM, at=NOW)
    assert by_unit(campaign).cell("", "").n == 2


def filled(campaign: Any, rows: list[list[object]]) -> Sheet:
    """The template of a campaign with rows typed into it."""
    book = load_workbook(io.BytesIO(template(campaign, content(campaign)).read()))
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return read_sheet("phieu.xlsx", out.getvalue())


def test_every_row_of_a_table_is_answered_and_nothing_goes_in_by_halves(place: Place) -> None:
    campaign, typist = a_campaign(), an_enterer(place)
    good: list[list[object]] = [
        ["1", "H99.01", "Người dân", "Lê A", 5, 4, 3, 1, "Tốt"],
        ["2", "h99.08", "", "Lê A", None, 4, None, None, ""],
    ]
    bad: list[list[object]] = [
        ["2", "H99.01", "", "Lê A", 5, 5, 5, 1, ""],
        ["3", "H99.99", "", "Lê A", 5, 5, 5, 1, ""],
        ["4", "H99.01", "", "Lê A", 7, 5, 5, 1, ""],
        ["5", "H99.01", "", "Lê A", "tốt", 5, 5, 1, ""],
        ["6", "H99.01", "", "", 5, 5, 5, 1, ""],
        ["7", "H99.01", "", "Lê A", None, None, None, None, ""],
        ["8", "H99.01", "", "Lê A", 5, 5, 5, 3, ""],
    ]
    told = import_sheets(campaign, filled(campaign, good + bad), dry_run=False, by=typist, at=NOW)
    assert [bool(row.problem) for row in told.rows] == [False] * 2 + [True] * 7 and told.entered == 0
    assert not SurveyAnswer.objects.exists()
    assert not import_sheets(campaign, filled(campaign, good), dry_run=True, by=typist, at=NOW).refused
    assert not SurveyAnswer.objects.exists()
    assert import_sheets(campaign, filled(campaign, good), dry_run=False, by=typist, at=NOW).entered == 2
    again = import_sheets(campaign, filled(campaign, good), dry_run=False, by=typist, at=NOW)
    assert len(again.refused) == 2 and SurveyAnswer.objects.filter(channel=EXCEL).count() == 2
    with pytest.raises(Refused, match="thiếu cột"):
        import_sheets(campaign, Sheet("x", (("Số phiếu",), ("1",))), dry_run=True, by=typist, at=NOW)


def test_words_are_shown_only_after_someone_has_read_them(place: Place) -> None:
    campaign = a_campaign()
    place.received()
    (token,) = invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW).values()
    answer(campaign.code, Door(LINK, token), Given((5, 5, 5), texts={"B3": "Gọi 0912…"}), by=STRANGER, at=NOW)
    one = SurveyText.objects.get()
    with pytest.raises(Refused, match="còn đang lấy ý kiến"):
        review_texts(campaign, [one.pk], HIDDEN, "có số điện thoại", by=place.auditor, at=NOW)
    campaign = close_campaign(campaign.pk, by=SYSTEM, at=NOW)
    own = Actor(92, "Lãnh Đạo", "ld", "", (Held("leader", place.centre.pk),))
    with pytest.raises(Refused):
        review_texts(campaign, [one.pk], HIDDEN, by=place.auditor, at=NOW)
    with pytest.raises(Refused):
        review_texts(campaign, [one.pk], HIDDEN, "không hay", by=own, at=NOW)
    with pytest.raises(Refused):
        review_texts(campaign, [one.pk], SHOWN, by=place.clerk, at=NOW)
    assert review_texts(campaign, [one.pk], HIDDEN, "có số điện thoại", by=place.auditor, at=NOW) == 1
    assert review_texts(campaign, [one.pk], HIDDEN, "có số điện thoại", by=place.auditor, at=NOW) == 0
    with pytest.raises(Refused):
        review_texts(campaign, [one.pk], SHOWN, by=own, at=NOW)
    assert review_texts(campaign, [one.pk], SHOWN, by=place.auditor, at=NOW) == 1


Visit = Callable[[Any], Any]


def test_every_page_opens_for_its_readers_with_few_statements(actors: Any, visit: Visit) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    place = a_place()
    ended(place, 5)
    running, closed = a_campaign(), a_campaign("xong")
    rows = [
        SheetIn(f"P{n}", place.centre.pk, "Điều Tra", Given((5, 4, 5), texts={"B3": "Tốt"}))
        for n in range(40)
    ]
    for campaign in (running, closed):
        enter_sheets(campaign, INTERVIEW, rows, by=SYSTEM, at=NOW)
    close_campaign(closed.pk, by=SYSTEM, at=NOW)
    sampled = a_campaign("mau", kind=SAMPLED, opened=False)
    draw_sample(sampled.pk, 3, date(2026, 10, 1), date(2026, 10, 31), 1, by=SYSTEM, at=NOW)
    everybody = {
        "/dot-khao-sat/": "personnel", "/dot-khao-sat/moi/": "personnel", "/dot-khao-sat/quay-q4/": "personnel",
        "/dot-khao-sat/xong/ket-qua/": "leader", "/dot-khao-sat/xong/ket-qua/?theo=nhom&cach-tinh=mean": "leader",
        "/dot-khao-sat/xong/ket-qua/H99.01/": "auditor", "/dot-khao-sat/mau/mau/": "personnel",
        "/dot-khao-sat/quay-q4/phieu-giay/": "specialist", "/dot-khao-sat/quay-q4/phieu-giay/nhap/": "specialist",
        "/dot-khao-sat/xong/y-kien/": "auditor", "/dot-khao-sat/quay-q4/ma-qr/H98.01/": "clerk",
        "/dot-khao-sat/quay-q4/?": "clerk", "/phieu-hoi/": "admin", "/phieu-hoi/soan/": "admin",
        f"/phieu-hoi/{running.version_id}/": "clerk", "/khao-sat/": "stranger",
    }  # fmt: skip
    for address, role in everybody.items():
        client = visit(actors.of(role))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            found = client.get(address)
        assert found.status_code == 200, address
        assert len(captured) <= 8, f"{address}: {len(captured)}"
    assert visit(actors.leader).get("/dot-khao-sat/quay-q4/ket-qua/").status_code == 409
    assert visit(actors.specialist).get("/dot-khao-sat/quay-q4/phieu-giay/mau/").status_code == 200

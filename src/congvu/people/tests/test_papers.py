"""Papers of a file: scans typed by content, opened by who may read, each opening logged; sensitive ones apart; hand-overs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.organisation.tests.make import a_unit
from congvu.people.access import sight_of
from congvu.people.actions.appoint import move
from congvu.people.actions.correct import keep_sensitive
from congvu.people.actions.correct_line import correct_part
from congvu.people.actions.correcting import Ground
from congvu.people.actions.hand_over_file import Hands, correct_handover, hand_over_file
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.actions.read_file import read_file
from congvu.people.actions.recording import Decision
from congvu.people.models import FileHandover, FilePart, FileRequest
from congvu.people.queries.card import card
from congvu.people.queries.law import grades_on
from congvu.people.tests.make import AT, PAPER, a_person, post
from congvu.people.web.papers.form_2c import Print, fields

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a scan"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }


@pytest.fixture
def someone(actors: Any) -> Any:
    return a_person(actors.home)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "code": "quyet_dinh", "title": "Quyết định nâng bậc lương", "number": "31/QĐ-SNV", "dated": "1/7/2025",
        "issuer": "Sở Nội vụ", "sheets": "2", **more,
    }  # fmt: skip


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_paper_is_kept_with_its_scan_listed_and_each_opening_logged(
    actors: Any, visit: Any, someone: Any
) -> None:
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    sent = keeper.post(f"{where}tai-lieu/", typed(scan=SimpleUploadedFile("qd 31.pdf", PDF)))
    assert sent.status_code == 302
    page = text_of(keeper.get(where))
    assert "31/QĐ-SNV" in page and "Quyết định nâng bậc lương" in page
    paper = FilePart.objects.get()
    opened = keeper.get(f"{where}tai-lieu/{paper.pk}/")
    assert b"".join(opened.streaming_content) == PDF and opened.headers["Content-Type"] == "application/pdf"
    entry = AuditEntry.objects.get(verb="people.read_paper")
    assert (entry.object_id, entry.why) == (someone.pk, "Người giữ hồ sơ")


def test_a_scan_that_is_not_what_its_name_says_is_refused_and_what_was_typed_stays(
    actors: Any, visit: Any, someone: Any
) -> None:
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/tai-lieu/"
    for content, said in (
        (b"MZ evil", "Không nhận loại tệp"),
        (b"\x89PNG\r\n\x1a\n", "nội dung là PNG"),
    ):
        refused = keeper.post(where, typed(scan=SimpleUploadedFile("qd.pdf", content)))
        assert refused.status_code == 422
        assert said in text_of(refused) and "31/QĐ-SNV" in text_of(refused)
    assert "tương lai" in text_of(keeper.post(where, typed(dated="1/7/2190")))
    assert not FilePart.objects.exists()


def test_a_leader_opens_a_paper_only_under_a_grant(actors: Any, visit: Any, someone: Any) -> None:
    paper = add_paper(
        someone.pk, Paper("van_bang", "Bằng cử nhân"), scan=SimpleUploadedFile("b.pdf", PDF), by=SYSTEM, at=AT
    )
    leader = visit(actors.leader)
    where = f"/nhan-su/{someone.number}/ho-so/tai-lieu/{paper.pk}/"
    assert leader.get(where).status_code == 403
    grant(visit, actors.leader, actors.personnel, someone)
    assert leader.get(where).status_code == 200
    other = a_person(actors.home, "Trần Văn Nam")
    elsewhere = f"/nhan-su/{other.number}/ho-so/tai-lieu/{paper.pk}/"
    assert visit(actors.personnel).get(elsewhere).status_code == 404  # a paper is found in its own file only


def test_a_sensitive_paper_is_a_line_without_words_until_granted_for_keepers_too(
    actors: Any, visit: Any, someone: Any
) -> None:
    paper = add_paper(
        someone.pk,
        Paper("suc_khoe", "Kết quả khám tim"),
        scan=SimpleUploadedFile("s.pdf", PDF),
        by=SYSTEM,
        at=AT,
    )
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    page = text_of(keeper.get(where))
    assert "Tài liệu nhạy cảm" in page and "khám tim" not in page and "Giấy khám sức khỏe" not in page
    assert keeper.get(f"{where}tai-lieu/{paper.pk}/").status_code == 403
    assert not AuditEntry.objects.filter(verb="people.read_paper").exists()
    grant(visit, actors.personnel, actors.leader, someone, sensitive=True)
    assert "Kết quả khám tim" in text_of(keeper.get(where))
    assert keeper.get(f"{where}tai-lieu/{paper.pk}/").status_code == 200
    assert not AuditEntry.objects.filter(after__icontains="tim").exists()


def test_a_hand_over_counts_the_papers_of_the_list(actors: Any, visit: Any, someone: Any) -> None:
    for n in (2, 3):
        add_paper(someone.pk, Paper("quyet_dinh", f"Quyết định {n}", sheets=n), by=SYSTEM, at=AT)
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    form = {"way": "giao", "on": "20/11/2026", "party": "Sở Xây dựng", "giver": "Bùi Tổ Chức", "taker": ""}
    assert "Chưa nhập người nhận" in text_of(keeper.post(f"{where}giao-nhan/", form))
    assert keeper.post(f"{where}giao-nhan/", {**form, "taker": "Lê Văn Nhận"}).status_code == 302
    row = FileHandover.objects.get()
    assert (row.papers, row.sheets) == (2, 5)
    assert "Bàn giao hồ sơ: Sở Xây dựng" in text_of(keeper.get(where))
    with pytest.raises(Refused, match="tương lai"):
        hand_over_file(someone.pk, Hands("giao", date(2027, 1, 1), "A", "B", "C"), by=SYSTEM, at=AT)


def test_a_wrong_hand_over_is_put_right_with_its_reason_and_both_are_shown(
    actors: Any, visit: Any, someone: Any
) -> None:
    add_paper(someone.pk, Paper("quyet_dinh", "Quyết định 1", sheets=4), by=SYSTEM, at=AT)
    wrong = Hands("giao", date(2026, 11, 19), "Sở Xây dựng", "Bùi Tổ Chức", "Lê Văn Nhận")
    row = hand_over_file(someone.pk, wrong, by=SYSTEM, at=AT)
    add_paper(someone.pk, Paper("quyet_dinh", "Quyết định 2", sheets=9), by=SYSTEM, at=AT)
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    form = f"{where}giao-nhan/{row.pk}/"
    assert f'href="{form}"' in keeper.get(where).content.decode()
    assert "Sở Xây dựng" in text_of(keeper.get(form))
    typed = {
        "way": "giao", "on": "19/11/2026", "party": "Sở Tài chính", "giver": "Bùi Tổ Chức", "taker": "Lê Văn Nhận",
        "number": "7/PGN", "note": "", "reason": "",
    }  # fmt: skip
    refused = keeper.post(form, typed)
    assert refused.status_code == 422 and 'value="Sở Tài chính"' in refused.content.decode()
    same = keeper.post(form, {**typed, "party": "Sở Xây dựng", "number": "", "reason": "Nhầm"})
    assert same.status_code == 422 and "Chưa sửa gì" in text_of(same)
    assert keeper.post(form, {**typed, "reason": "Ghi nhầm nơi nhận"}).status_code == 302
    right = FileHandover.objects.get(corrects=row)
    assert (right.party, right.papers, right.sheets) == ("Sở Tài chính", 1, 4), "as counted that day"
    page = keeper.get(where).content.decode()
    assert "<del>Bàn giao hồ sơ: Sở Xây dựng</del>" in page and "Ghi nhầm nơi nhận" in page
    assert "Bàn giao hồ sơ: Sở Tài chính" in page
    entry = AuditEntry.objects.get(verb="people.correct_handover")
    assert (entry.before["party"], entry.after["party"], entry.why) == (
        "Sở Xây dựng", "Sở Tài chính", "Ghi nhầm nơi nhận",
    )  # fmt: skip
    with pytest.raises(Refused, match="vừa được sửa"):
        correct_handover(someone.pk, row.pk, None, reason="Lần nữa", by=SYSTEM, at=AT)
    assert keeper.get(form).status_code == 404
    again = f"{where}giao-nhan/{right.pk}/"
    assert keeper.post(again, {"viec": "huy", "reason": ""}).status_code == 422
    assert keeper.post(again, {"viec": "huy", "reason": "Chưa bàn giao"}).status_code == 302
    assert "Đã hủy: Chưa bàn giao" in text_of(keeper.get(where))
    assert visit(actors.leader).get(again).status_code == 403


def test_a_hand_over_of_another_file_or_kept_by_another_is_not_touched(
    actors: Any, make_person: Any, someone: Any
) -> None:
    hands = Hands("giao", date(2026, 11, 19), "Sở Xây dựng", "A", "B")
    row = hand_over_file(someone.pk, hands, by=SYSTEM, at=AT)
    other = a_person(actors.home, "Trần Văn Nam")
    with pytest.raises(Refused, match="không có trong hồ sơ"):
        correct_handover(other.pk, row.pk, None, reason="Nhầm", by=SYSTEM, at=AT)
    stranger = make_person("personnel", actors.centre).actor
    with pytest.raises(Refused, match="không giữ hồ sơ"):
        correct_handover(someone.pk, row.pk, None, reason="Nhầm", by=stranger, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        FileHandover.objects.filter(pk=row.pk).update(party="Khác")


def test_form_2c_is_printed_of_a_day_with_a_mark_and_a_line_in_the_log(
    actors: Any, visit: Any, someone: Any
) -> None:
    keeper = visit(actors.personnel)
    answer = keeper.get(f"/nhan-su/{someone.number}/ho-so/mau-2c/?ngay=1/1/2022")
    assert answer.content.startswith(b"%PDF-")
    entry = AuditEntry.objects.get(verb="people.print_form")
    assert entry.after == {"on": "2022-01-01", "request": None, "sensitive": False}
    assert visit(actors.leader).get(f"/nhan-su/{someone.number}/ho-so/mau-2c/").status_code == 403


def grant(visit: Any, asker: Any, granter: Any, someone: Any, *, sensitive: bool = False) -> None:
    ask = {"purpose": "Xem xét bổ nhiệm", "valid_from": "20/11/2026", "valid_to": "30/11/2026"}
    visit(asker).post(
        f"/nhan-su/{someone.number}/xin-doc/", {**ask, **({"sensitive": "on"} if sensitive else {})}
    )
    pk = FileRequest.objects.latest("id").pk
    visit(granter).post("/nhan-su/yeu-cau/", {"yeu-cau": pk, "viec": "cho-phep"})


def test_form_2c_says_what_held_on_its_day_and_sensitive_lines_only_under_a_grant(
    actors: Any, visit: Any, someone: Any
) -> None:
    keep_sensitive(someone.pk, {"religion": "Phật giáo"}, decision=PAPER, by=SYSTEM, at=AT)
    office = a_unit("H98.08.01", "Văn phòng Sở", actors.home)
    move(
        [(someone.pk, post(office, "Phó Trưởng phòng", valid_from=date(2026, 1, 1)))],
        decision=PAPER,
        by=SYSTEM,
        at=AT,
    )
    before, now = (
        filled(actors.personnel.actor, someone, date(2025, 6, 1)),
        filled(actors.personnel.actor, someone, AT.date()),
    )
    assert (before["coQuan"], now["coQuan"]) == ("Sở Nội vụ", "Văn phòng Sở")
    assert ("12) Chức vụ (chức danh) hiện tại", "Chuyên viên") in lines(before)
    assert len(before["congTac"]) == 1 and len(now["congTac"]) == 2
    assert ("7) Tôn giáo", "(chỉ mở theo yêu cầu riêng)") in lines(now) and "7, 16" in now["chuY"]
    grant(visit, actors.personnel, actors.leader, someone, sensitive=True)
    opened = filled(actors.personnel.actor, someone, AT.date())
    assert ("7) Tôn giáo", "Phật giáo") in lines(opened) and opened["chuY"] == ""
    assert "In bởi Bùi Tổ Chức" in opened["dauIn"]


def filled(by: Any, someone: Any, on: date) -> dict[str, Any]:
    known = picture()
    sight = sight_of(by, AT.date(), known)
    found = card(someone.number, sight, on)
    assert found is not None
    reading = read_file(found, sight, on=on, known_at=None, by=by, at=AT, printed=True)
    return fields(found, reading, known, grades_on(AT.date()), Print(on, None, by.name, AT))


def lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [pair for row in told["dongs"] for pair in row]


def test_a_paper_found_sensitive_by_a_correction_is_closed_under_its_old_line_and_on_a_day_before(
    actors: Any, visit: Any, someone: Any, frozen_clock: Any
) -> None:
    scan = SimpleUploadedFile("s.pdf", PDF)
    first = add_paper(someone.pk, Paper("khac", "Kết quả khám tim", "7/GK"), scan=scan, by=SYSTEM, at=AT)
    rows = [first.pk]
    told = (Paper("khac", "Kết quả khám tim", "8/GK"), Paper("suc_khoe", "Giấy khám", "8/GK"))
    for days, (paper, wrong) in enumerate(zip(told, ("7/GK", "8/GK"), strict=True), 1):
        ground = Ground(Decision(f"{90 + days}/QĐ-ĐC"), wrong, "Ghi sai")
        made = correct_part(
            someone.pk, rows[-1], paper, ground=ground, by=SYSTEM, at=AT + timedelta(days=days)
        )
        assert made.new_id is not None
        rows.append(made.new_id)
    frozen_clock.move_to(AT + timedelta(days=4))
    keeper, where = visit(actors.personnel), f"/nhan-su/{someone.number}/ho-so/"
    assert [keeper.get(f"{where}tai-lieu/{row}/").status_code for row in rows] == [403, 403, 403]
    for day in ("", "?biet-den=20/11/2026", "?biet-den=21/11/2026"):
        page = text_of(keeper.get(f"{where}{day}"))
        assert "Tài liệu nhạy cảm" in page and "khám tim" not in page and "8/GK" not in page
    grant(visit, actors.personnel, actors.leader, someone, sensitive=True)
    assert keeper.get(f"{where}tai-lieu/{first.pk}/").status_code == 200
    assert "khám tim" in text_of(keeper.get(f"{where}?biet-den=20/11/2026"))


def test_a_paper_no_longer_sensitive_by_a_correction_opens_and_its_old_line_does_not(
    actors: Any, visit: Any, someone: Any
) -> None:
    scan = SimpleUploadedFile("s.pdf", PDF)
    was = add_paper(someone.pk, Paper("suc_khoe", "Khám tim", "7/GK"), scan=scan, by=SYSTEM, at=AT)
    ground = Ground(Decision("90/QĐ-ĐC"), "7/GK", "Không phải giấy khám")
    row = correct_part(someone.pk, was.pk, Paper("khac", "Giấy mời", "7/GK"), ground=ground, by=SYSTEM, at=AT)
    keeper, where = visit(actors.personnel), f"/nhan-su/{someone.number}/ho-so/tai-lieu/"
    assert keeper.get(f"{where}{row.new_id}/").status_code == 200
    assert keeper.get(f"{where}{was.pk}/").status_code == 403

"""Retention: files go on in time, papers whose time is over are destroyed by decision and really gone, their lines stay."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.files.actions import store
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.pager import encode
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.appoint import leave
from congvu.people.actions.correct_line import correct_part
from congvu.people.actions.correcting import Ground
from congvu.people.actions.destroy_papers import destroy_papers
from congvu.people.actions.hand_over_file import Hands, correct_handover, hand_over_file
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.actions.recording import Decision
from congvu.people.models import FilePart
from congvu.people.rules.codes import CONCURRENT
from congvu.people.rules.retention import left_before
from congvu.people.tests.make import AT, PAPER, a_person, post

pytestmark = pytest.mark.django_db
DECISION = Decision("5/QĐ-HUY", date(2026, 11, 20))


@pytest.fixture(autouse=True)
def disk(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


@pytest.fixture
def office(actors: Any) -> Any:
    """A department that was there before the province's register of units."""
    return a_unit("H98.40", "Ban Tổ chức", actors.province, since=date(1975, 1, 1))


def scan(content: bytes = b"%PDF-1 one") -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", content)


def gone_since(unit: Any, day: date, name: str = "Lê Văn Hưu") -> Any:
    made = a_person(
        unit, name, birth=date(1940, 3, 1), sex="nam", posts=(post(unit, valid_from=date(1980, 1, 1)),)
    )
    leave([made.pk], day, "nghi_huu", decision=PAPER, by=SYSTEM, at=AT)
    return made


def kept(disk: Path) -> int:
    return sum(one.is_file() for one in disk.rglob("*"))


def test_a_file_must_go_on_within_the_days_of_the_rule(actors: Any, visit: Any, office: Any) -> None:
    late, soon = (
        gone_since(office, date(2026, 9, 1)),
        gone_since(office, date(2026, 11, 1), "Lê Văn Sau"),
    )
    keeper = visit(actors.personnel)
    page = keeper.get("/nhan-su/luu-giu/").content.decode()
    assert "Quá 50 ngày" in page and "Còn 11 ngày" in page
    archived = Hands("nop_luu", date(2026, 11, 20), "Lưu trữ lịch sử tỉnh", "A B", "C D")
    row = hand_over_file(late.pk, archived, by=SYSTEM, at=AT)
    page = keeper.get("/nhan-su/luu-giu/").content.decode()
    assert late.number not in page and soon.number in page
    correct_handover(late.pk, row.pk, None, reason="Phiếu của người khác", by=SYSTEM, at=AT)
    assert late.number in keeper.get("/nhan-su/luu-giu/").content.decode()
    assert visit(actors.leader).get("/nhan-su/luu-giu/").status_code == 403


def test_the_years_run_from_the_year_after_leaving() -> None:
    assert left_before(20, date(2026, 12, 31)) == date(2006, 1, 1)
    assert left_before(20, date(2027, 1, 1)) == date(2007, 1, 1)  # the last day at work was 31/12/2006


def test_a_paper_over_is_destroyed_by_decision_and_really_gone(
    actors: Any, visit: Any, office: Any, disk: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = gone_since(office, date(2005, 7, 1))
    health = add_paper(made.pk, Paper("suc_khoe", "Khám năm 2004"), scan=scan(), by=SYSTEM, at=AT)
    add_paper(made.pk, Paper("2c", "Sơ yếu lý lịch"), scan=scan(b"%PDF-1 for ever"), by=SYSTEM, at=AT)
    keeper = visit(actors.personnel)
    page = keeper.get("/nhan-su/luu-giu/het-han/").content.decode()
    assert "Giấy khám sức khỏe" in page and "Khám năm 2004" not in page and "Sơ yếu lý lịch" not in page
    assert keeper.post("/nhan-su/luu-giu/het-han/", {"tai-lieu": health.pk}).status_code == 422
    assert kept(disk) == 2
    with django_capture_on_commit_callbacks(execute=True):
        sent = keeper.post("/nhan-su/luu-giu/het-han/", {"tai-lieu": health.pk, "decision": "5/QĐ-HUY"})
    assert sent.status_code == 302
    assert kept(disk) == 1 and StoredFile.objects.count() == 1
    row = FilePart.objects.get(pk=health.pk)
    assert (row.title, row.file_id, row.destruction.decision_number) == ("Khám năm 2004", None, "5/QĐ-HUY")
    assert AuditEntry.objects.get(verb="people.destroy_papers").after["papers"] == [health.pk]
    assert health.pk not in [one.id for one, _, _ in keeper.get("/nhan-su/luu-giu/het-han/").context["rows"]]


def test_what_is_not_over_or_not_kept_is_refused_whole(actors: Any, make_person: Any, office: Any) -> None:
    young, old = (
        gone_since(office, date(2020, 7, 1)),
        gone_since(office, date(2000, 7, 1), "Lê Văn Già"),
    )
    fresh = add_paper(young.pk, Paper("tai_san", "Kê khai 2019"), by=SYSTEM, at=AT)
    stale = add_paper(old.pk, Paper("tai_san", "Kê khai 1999"), by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="1 tài liệu chưa hết thời hạn"):
        destroy_papers([fresh.pk, stale.pk], decision=DECISION, by=SYSTEM, at=AT)
    stranger = make_person("personnel", actors.centre).actor
    with pytest.raises(Refused, match="không do bạn giữ"):
        destroy_papers([stale.pk], decision=DECISION, by=stranger, at=AT)
    assert not FilePart.objects.exclude(destruction=None).exists()


def test_a_corrected_paper_is_destroyed_with_what_it_was_and_a_shared_content_stays(
    actors: Any, office: Any, disk: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = gone_since(office, date(2000, 7, 1))
    first = add_paper(made.pk, Paper("tai_san", "Kê khai", "1/KK"), scan=scan(), by=SYSTEM, at=AT)
    ground = Ground(Decision("2/QĐ-ĐC"), "1/KK", "Sai số")
    row = correct_part(
        made.pk, first.pk, Paper("tai_san", "Kê khai", "7/KK"), ground=ground, by=SYSTEM, at=AT
    )
    other = a_person(actors.home, "Trần Văn Nam")
    add_paper(other.pk, Paper("van_bang", "Bản in giống hệt"), scan=scan(), by=SYSTEM, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_papers([row.new_id], decision=DECISION, by=SYSTEM, at=AT)
    assert FilePart.objects.filter(person=made, file=None).count() == 2
    assert kept(disk) == 1  # the other file's paper has the same content


def test_a_paper_is_emptied_only_under_a_destruction(actors: Any) -> None:
    made = a_person(actors.home)
    row = add_paper(made.pk, Paper("2c", "Sơ yếu"), scan=scan(), by=SYSTEM, at=AT)
    with pytest.raises(DatabaseError, match="không được sửa"), transaction.atomic():
        FilePart.objects.filter(pk=row.pk).update(file=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        FilePart.objects.filter(pk=row.pk).delete()
    assert store(scan(), by=SYSTEM, at=AT).pk == row.file_id


def test_a_keeper_of_a_post_held_beside_destroys_nothing(actors: Any, make_person: Any, office: Any) -> None:
    beside = a_unit("H98.41", "Ban Chỉ đạo", actors.province, since=date(1975, 1, 1))
    held = (
        post(office, valid_from=date(1980, 1, 1)),
        post(beside, kind=CONCURRENT, valid_from=date(1990, 1, 1)),
    )
    made = a_person(office, "Lê Văn Già", birth=date(1940, 3, 1), sex="nam", posts=held)
    leave([made.pk], date(2000, 7, 1), "nghi_huu", decision=PAPER, by=SYSTEM, at=AT)
    stale = add_paper(made.pk, Paper("tai_san", "Kê khai 1999"), by=SYSTEM, at=AT)
    other = make_person("personnel", beside, username="canh").actor
    with pytest.raises(Refused, match="không do bạn giữ"):
        destroy_papers([stale.pk], decision=DECISION, by=other, at=AT)
    own = make_person("personnel", office, username="giu").actor
    assert destroy_papers([stale.pk], decision=DECISION, by=own, at=AT).papers.count() == 1


def test_a_place_in_the_list_that_is_no_day_is_refused_in_words(actors: Any, visit: Any) -> None:
    page = visit(actors.personnel).get(f"/nhan-su/luu-giu/?sau={encode(('hôm qua', 1))}")
    assert page.status_code == 422 and "Dấu trang trong địa chỉ không đúng" in page.content.decode()

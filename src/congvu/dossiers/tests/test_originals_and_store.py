"""Originals taken in and given back; results of one person used again as papers, every look written down."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.give_back_originals import give_back_originals
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.look_in_store import look_in_store
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.models import Dossier, DossierPaper, DossierResult, HeldOriginal, PaperReuse, Tie
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.rules.papers import forms_of, names, usable
from congvu.dossiers.rules.status import Status, Verdict
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, a_place, a_version, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.files.actions import store_made
from congvu.foundation.identity.actor import SYSTEM, Actor, Held
from congvu.foundation.refusal import Refused
from congvu.procedures.models import CasePaper

NUMBER = "099190000123"
START, LATER = at("2026-11-20 09:00"), at("2026-11-23 10:00")


@pytest.fixture
def place(db: None) -> Place:
    return a_place()


def finished(place: Place, result: ResultIn, *papers: PaperIn) -> int:
    """A dossier of the plain way, up to its result."""
    version = a_version(f"3.{Dossier.objects.count():06d}", name="Thủ tục thường")
    made = receive([place.intake(version_id=version.pk, papers=papers)], by=place.clerk, at=START)[0]
    hand_over([made.id], by=place.clerk, at=START).only()
    finish([made.id], result, "Có lý do", by=SYSTEM, at=LATER).only()
    return made.id


def test_an_original_kept_is_written_and_closes_nothing_until_it_is_given_back(place: Place) -> None:
    made = finished(place, ResultIn("Giấy phép"), PaperIn("Sổ hộ khẩu", originals=1, kept=1))
    with pytest.raises(Refused, match="Còn giữ bản chính của người nộp: Sổ hộ khẩu"):
        return_result([made], by=place.clerk, at=LATER).only()
    give_back_originals([made], "Nguyễn Thị Mẫu", by=place.clerk, at=LATER).only()
    row = HeldOriginal.objects.get()
    assert (row.returned_to, row.returned_by, row.returned_at) == ("Nguyễn Thị Mẫu", 1, LATER)
    return_result([made], by=place.clerk, at=LATER).only()


def test_an_original_kept_for_a_reason_lets_the_dossier_end(place: Place) -> None:
    made = finished(place, ResultIn("Giấy phép"), PaperIn("Giấy chứng nhận cũ", originals=1, kept=1))
    give_back_originals([made], kept_why="Thu hồi theo luật chuyên ngành", by=place.clerk, at=LATER).only()
    assert return_result([made], by=place.clerk, at=LATER).done
    assert "Thu hồi theo luật" in AuditEntry.objects.get(verb="give_back_originals").why


def test_what_was_given_back_is_not_given_back_again_and_the_page_still_tells_of_it(office: Office) -> None:
    place = office.place
    made = finished(place, ResultIn("Giấy phép"), PaperIn("Sổ hộ khẩu", originals=1, kept=1))
    give_back_originals([made], "Nguyễn Thị Mẫu", by=place.clerk, at=LATER).only()
    with pytest.raises(Refused, match="không giữ bản chính nào"):
        give_back_originals([made], "Người khác", by=place.clerk, at=LATER).only()
    code = Dossier.objects.get(pk=made).code
    page = office.enter(place.clerk).get(f"/ho-so/{code}/").content.decode()
    assert "Sổ hộ khẩu" in page and "tra-ban-chinh" not in page
    # a bit left set is no proof that anything is held
    Dossier.objects.filter(pk=made).update(ties=Tie.ORIGINALS)
    with pytest.raises(Refused, match="không giữ bản chính nào"):
        give_back_originals([made], "Người khác", by=place.clerk, at=LATER).only()


def test_no_more_originals_are_kept_than_came_and_nothing_is_written(place: Place) -> None:
    with pytest.raises(Refused, match="chỉ nhận 0"):
        receive([place.intake(papers=(PaperIn("Sổ đỏ", kept=1),))], by=place.clerk, at=START)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(("back", "why"), [("", ""), ("Ai đó", "và lý do")])
def test_either_given_back_or_kept_is_said(place: Place, back: str, why: str) -> None:
    with pytest.raises(Refused, match="chỉ một trong hai"):
        give_back_originals([1], back, kept_why=why, by=place.clerk, at=LATER)


def test_a_result_in_the_store_is_a_paper_of_the_next_dossier(place: Place) -> None:
    finished(place, ResultIn("Giấy khai sinh", "12/2026"))
    (stored,) = look_in_store(NUMBER, "Tiếp nhận thủ tục", by=place.clerk, at=LATER)
    paper = PaperIn("Bản sao Giấy khai sinh", digitised=Digitised.REUSED_RESULT.value, reuse_of=stored.id)
    made = receive([place.intake(papers=(paper,))], by=place.clerk, at=LATER)[0]
    assert PaperReuse.objects.get().dossier_id == made.id
    assert DossierPaper.objects.get(dossier=made.id).digitised == Digitised.REUSED_RESULT


@pytest.mark.parametrize("what", ["refused", "run out", "somebody else's"])
def test_what_may_not_be_used_again_is_refused_and_nothing_is_written(place: Place, what: str) -> None:
    verdict = Verdict.REFUSED if what == "refused" else Verdict.GRANTED
    until = date(2026, 11, 22) if what == "run out" else None
    finished(place, ResultIn("Giấy khai sinh", verdict=verdict, valid_until=until))
    paper = PaperIn("Giấy khai sinh", reuse_of=DossierResult.objects.get().pk)
    other = (
        Person("Lê Văn Khác", "099190000999")
        if what == "somebody else's"
        else Person("Nguyễn Thị Mẫu", NUMBER)
    )
    before = Dossier.objects.count()
    with pytest.raises(Refused, match="Kết quả trong kho không dùng được"):
        receive([replace(place.intake(papers=(paper,)), owner=other)], by=place.clerk, at=LATER)
    assert Dossier.objects.count() == before


def test_a_counter_looks_for_a_reason_and_each_look_is_written_down(place: Place) -> None:
    made = finished(place, ResultIn("Giấy khai sinh"))
    assert len(look_in_store(NUMBER, "Tiếp nhận 1.000001", by=place.clerk, at=LATER)) == 1
    entry = AuditEntry.objects.get(verb="look_in_store")
    assert (entry.object_kind, entry.object_id, entry.why) == ("result_store", made, "Tiếp nhận 1.000001")
    assert entry.after == {"number": NUMBER, "results": [entry.after["results"][0]]}
    with pytest.raises(Refused, match="Kho kết quả chỉ mở"):
        look_in_store(NUMBER, "", by=place.clerk, at=LATER)
    for nosy in (place.specialist, place.leader, place.auditor, place.admin):
        with pytest.raises(Refused, match="Kho kết quả chỉ mở"):
            look_in_store(NUMBER, "Tò mò", by=nosy, at=LATER)


def test_a_citizen_sees_the_own_store_and_no_other(place: Place) -> None:
    finished(place, ResultIn("Giấy khai sinh"))
    citizen = Actor(20, "Nguyễn Thị Mẫu", "cong-dan", NUMBER, (Held("citizen", None),))
    assert [one.name for one in look_in_store(NUMBER, "", by=citizen, at=LATER)] == ["Giấy khai sinh"]
    with pytest.raises(Refused, match="Kho kết quả chỉ mở"):
        look_in_store("099190000999", "", by=citizen, at=LATER)


def test_a_refusal_names_its_reason_and_is_not_in_the_store(place: Place) -> None:
    version = a_version("3.900000", name="Thủ tục thường")
    made = receive([place.intake(version_id=version.pk)], by=place.clerk, at=START)[0]
    hand_over([made.id], by=place.clerk, at=START).only()
    refusal = ResultIn("Văn bản trả lời", verdict=Verdict.REFUSED)
    with pytest.raises(Refused, match="Chưa ghi lý do không giải quyết"):
        finish([made.id], refusal, by=SYSTEM, at=LATER)
    finish([made.id], refusal, "Thiếu điều kiện", by=SYSTEM, at=LATER).only()
    assert Dossier.objects.get(pk=made.id).status == Status.FINISHED
    assert look_in_store(NUMBER, "Tiếp nhận", by=place.clerk, at=LATER) == []


@pytest.mark.parametrize(
    ("paper", "result", "same"),
    [
        ("Bản sao Giấy khai sinh của trẻ", "Giấy khai sinh", True),
        ("Giấy khai sinh (bản chính)", "Giấy khai sinh", True),
        ("Giấy chứng sinh", "Giấy khai sinh", False),
        ("Tờ khai đăng ký khai sinh", "Giấy khai sinh", False),
        ("Bản sao trích lục khai tử", "Trích lục khai tử", True),
        ("Giấy tờ khác", "Giấy", False),
    ],
)
def test_a_paper_is_known_by_the_name_of_the_result(paper: str, result: str, same: bool) -> None:
    assert names(paper, result) is same


@given(st.dates(), st.dates())
def test_the_last_day_of_a_result_still_counts(until: date, on: date) -> None:
    assert usable(until, on) == (on <= until)
    assert usable(None, on)


@pytest.mark.parametrize(
    ("counts", "scanned", "reused", "said"),
    [
        ((1, 0, 0), True, False, ("đã đối chiếu bản chính", "đã quét")),
        ((0, 2, 0), False, False, ("bản có chứng thực",)),
        ((0, 0, 1), False, False, ("bản chụp",)),
        ((0, 0, 1), True, False, ("đã quét",)),
        ((0, 0, 1), True, True, ("dùng lại dữ liệu đã có",)),
        ((0, 0, 0), False, False, ()),
    ],
)
def test_how_a_paper_came_is_said(
    counts: tuple[int, int, int], scanned: bool, reused: bool, said: tuple[str, ...]
) -> None:
    assert forms_of(*counts, scanned=scanned, reused=reused) == said


def test_the_counter_offers_what_is_in_the_store_and_uses_it(office: Office, counting: Any) -> None:
    place = office.place
    finished(place, ResultIn("Điều lệ <b>đã duyệt</b>", "7/2026"))
    client = office.enter(place.clerk)
    papers = {one.name: one.pk for one in CasePaper.objects.filter(case__version=place.version)}
    charter, form = papers["Điều lệ <b>đã duyệt</b>"], papers["Đơn đề nghị"]
    data = {
        "khoa": "22222222-2222-4222-8222-222222222222", "phien-ban": str(place.version.pk), "name": "Nguyễn Thị Mẫu",
        "number": NUMBER, "giai-quyet": str(place.home_affairs.pk), "return_method": "0", "subject_kind": "1",
        "copies": "1", f"g{form}-co-mat": "1", f"g{form}-co": "1", f"g{form}-chinh": "1", f"g{form}-giu": "1",
        f"g{charter}-co-mat": "1",
    }  # fmt: skip
    offered = client.post("/tiep-nhan/", {**data, "viec": "tinh"}).content.decode()
    assert "Đã có trong kho kết quả" in offered
    looks = AuditEntry.objects.filter(verb="look_in_store")
    assert looks.count() == 1
    assert "Đã có trong kho kết quả" in client.post("/tiep-nhan/", {**data, "viec": "tinh"}).content.decode()
    assert looks.count() == 1, "the same look goes on"
    client.post("/tiep-nhan/", {**data, "number": "099190000124", "viec": "tinh"})
    client.post("/tiep-nhan/", {**data, "viec": "tinh"})
    assert looks.count() == 3, "another owner is another look"
    stored = DossierResult.objects.get()
    answer = client.post("/tiep-nhan/", {**data, "viec": "nhan", f"g{charter}-kho": str(stored.pk)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert "Bản chính giữ lại" in client.get(answer.headers["Location"]).content.decode()
    assert PaperReuse.objects.get().result_id == stored.pk
    page = client.get(answer.headers["Location"].removesuffix("giay-tiep-nhan/")).content.decode()
    assert "Đang giữ 1 bản chính" in page
    assert "dùng lại dữ liệu đã có" in page
    assert "Điều lệ" in office.enter(office.citizen).get("/ho-so-cua-toi/ket-qua/").content.decode()


def test_a_result_of_ones_own_number_opens_though_it_was_handed_in_without_an_account(office: Office) -> None:
    place = office.place
    kept = store_made([("giay-phep.pdf", b"%PDF-1.7 one")], by=place.clerk, at=LATER)[0]
    made = finished(place, ResultIn("Giấy phép", file_id=kept.pk, file_name="giay-phep.pdf"))
    one, result = Dossier.objects.get(pk=made), DossierResult.objects.get()
    assert one.owner_account_id is None and one.owner_number == office.citizen.citizen_number
    client = office.enter(office.citizen)
    address = f"/ho-so/{one.code}/ket-qua/{result.pk}/"
    assert f'href="{address}"' in client.get("/ho-so-cua-toi/ket-qua/").content.decode()
    assert client.get(address).status_code == 200
    assert AuditEntry.objects.filter(
        verb="read_file", object_id=made, actor_id=office.citizen.account_id
    ).exists()
    Dossier.objects.filter(pk=made).update(owner_number="099190000999")
    assert client.get(address).status_code == 404
    assert client.get(f"/ho-so-cua-toi/{made}/").status_code == 404

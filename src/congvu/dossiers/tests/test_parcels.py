"""What is chosen of a unit's open work goes with a function or to a unit split off, and nothing else does."""

import io
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, a_process, a_version, an_actor, at
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.accept_handover import accept_handover
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rehearse import rehearse
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import Handover, HandoverLine, Unit
from congvu.organisation.queries.following import choices_of
from congvu.organisation.rules.changes import NewUnit
from congvu.procedures.models import Field, Procedure

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)
SAID: dict[str, Any] = {
    "effective": DAY,
    "decision": Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh"),
    "at": at("2026-11-18 09:00"),
}


@pytest.fixture
def place(office: Office) -> Place:
    return office.place


def opened(place: Place, **more: Any) -> int:
    one = place.received("2026-11-16 08:00", **more).id
    hand_over([one], by=place.clerk, at=at("2026-11-16 09:00")).only()
    return one


@pytest.fixture
def work(place: Place) -> tuple[list[int], int, int, str]:
    """Two open dossiers and a finished one of the first procedure, an open one of another; the code of the first."""
    ids, done = [opened(place) for _ in range(2)], opened(place)
    for number, who in enumerate((place.specialist, place.police_officer)):
        complete_step([done], by=who, at=at(f"2026-11-17 09:0{number}")).only()
    finish([done], by=place.chairman, at=at("2026-11-17 10:00")).only()
    other = a_version("1.000099", name="Thành lập hội")
    Procedure.objects.filter(pk=other.procedure_id).update(field=Field.objects.create(code="HOI", name="Hội"))
    rest = opened(place, version_id=other.pk)
    return ids, done, rest, f"thu-tuc:{place.version.procedure_id}"


def where(*ids: int) -> list[tuple[int, int]]:
    rows = Dossier.objects.filter(pk__in=ids).order_by("id")
    return list(rows.values_list("receiving_unit_id", "competent_unit_id"))


def test_a_unit_is_asked_what_of_its_open_work_may_go(place: Place, work: Any) -> None:
    told = [(one.words, one.count) for one in choices_of(place.home_affairs.pk)]
    assert ("Cả lĩnh vực Nội vụ", 2) in told and ("1.000099 Thành lập hội", 1) in told
    assert choices_of(place.province.pk) == []


def test_open_work_goes_with_a_function_and_comes_back_when_that_is_undone(place: Place, work: Any) -> None:
    ids, done, rest, code = work
    home, heir = place.home_affairs.pk, Unit.objects.get(code="H99.09")
    before = where(*ids, done, rest)
    how: Any = {**SAID, "by": place.admin, "chosen": [code]}
    seen = rehearse(lambda: transfer_function("Hội", home, heir.pk, **how), DAY)
    assert [(one.kind.code, one.count, one.to_id) for one in seen.parcels] == [
        ("dossier", 2, heir.pk),
        ("task", 2, heir.pk),
    ]
    event = transfer_function("Hội", home, heir.pk, **how)
    assert where(*ids) == before[:2], "nothing before the day"
    assert carry_out(at=at("2026-11-19 00:05")) == 1
    assert where(*ids) == [(place.centre.pk, heir.pk)] * 2, "the counter stays"
    assert where(done, rest) == before[2:], "what is finished, and what was not chosen, stays"
    assert set(DossierStep.objects.filter(dossier__in=ids, state=1).values_list("unit", flat=True)) == {
        heir.pk
    }
    record = Handover.objects.get()
    assert set(HandoverLine.objects.values_list("kind", "found", "moved")) == {
        ("dossier", 2, 2),
        ("task", 2, 2),
    }
    leader = an_actor(31, "Lê Lãnh Đạo", "leader", heir)
    accept_handover(record.pk, {}, by=leader, at=at("2026-11-19 08:00"))
    undo_event(event.pk, why="Nhầm.", by=place.admin, at=at("2026-11-19 15:00"))
    assert carry_out(at=at("2026-11-19 15:01")) == 1
    assert where(*ids, done, rest) == before


def test_a_dossier_that_went_along_never_comes_back_to_the_giver_but_to_be_given_to_its_owner(
    office: Office, place: Place
) -> None:
    """The police have a step in hand and are named for a later one; then they give the work away."""
    heir, version = Unit.objects.get(code="H99.09"), a_version("1.000077", name="Cấp phép bắn pháo hoa")
    a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
            ("Kiểm tra", "COOPERATE", "FIXED", place.police, "1"),
            ("Thẩm định", "LEAD", "COMPETENT", None, "2"),
            ("Nghiệm thu", "COOPERATE", "FIXED", place.police, "1"),
            ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
        ],
    )
    one = opened(place, version_id=version.pk)
    code = f"thu-tuc:{version.procedure_id}"
    event = transfer_function("Pháo hoa", place.police.pk, heir.pk, **SAID, by=place.admin, chosen=[code])
    carry_out(at=at("2026-11-19 00:05"))
    newcomer = an_actor(31, "Võ Y Tế", "specialist", heir)
    page = office.enter(place.clerk).get(f"/ho-so/{Dossier.objects.get(pk=one).code}/").content.decode()
    assert page.count("Sở Y tế") >= 2, "the step in hand and the one that is to come"
    complete_step([one], by=newcomer, at=at("2026-11-19 09:00")).only()
    complete_step([one], by=place.specialist, at=at("2026-11-19 10:00")).only()
    step = DossierStep.objects.get(dossier=one, state=1)
    assert (step.position, step.unit_id) == (4, heir.pk)
    undo_event(event.pk, why="Nhầm.", by=place.admin, at=at("2026-11-19 15:00"))
    carry_out(at=at("2026-11-19 15:01"))
    step.refresh_from_db()
    assert step.unit_id == place.police.pk, "what came in the giver's stead goes back too"
    finish([one], by=place.police_officer, at=at("2026-11-20 09:00")).only()
    last = DossierStep.objects.get(dossier=one, state=1)
    assert (last.role, last.unit_id) == ("RETURN", place.centre.pk)


def test_the_counter_that_gave_a_function_away_still_hands_over_and_gives_back(place: Place) -> None:
    """The giver is the counter and the competent agency in one: it keeps what it does as a counter."""
    home, heir = place.home_affairs, Unit.objects.get(code="H99.09")
    clerk = an_actor(32, "Cán bộ một cửa Sở", "clerk", home)
    one = receive([place.intake(receiving_unit_id=home.pk)], by=clerk, at=at("2026-11-17 08:00"))[0].id
    code = f"thu-tuc:{place.version.procedure_id}"
    transfer_function("Hội", home.pk, heir.pk, **SAID, by=place.admin, chosen=[code])
    carry_out(at=at("2026-11-19 00:05"))
    assert where(one) == [(home.pk, heir.pk)]
    assert DossierStep.objects.get(dossier=one, state=1).unit_id == home.pk, (
        "received there, handed over there"
    )
    hand_over([one], by=clerk, at=at("2026-11-19 08:00")).only()
    assert DossierStep.objects.get(dossier=one, state=1).unit_id == heir.pk
    complete_step([one], by=an_actor(33, "Võ Y Tế", "specialist", heir), at=at("2026-11-19 09:00")).only()
    complete_step([one], by=place.police_officer, at=at("2026-11-19 10:00")).only()
    finish([one], by=place.chairman, at=at("2026-11-19 11:00")).only()
    last = DossierStep.objects.get(dossier=one, state=1)
    assert (last.role, last.unit_id) == ("RETURN", home.pk)


def test_a_whole_field_goes_to_a_unit_split_off_and_the_rest_stays(place: Place, work: Any) -> None:
    ids, done, rest, _ = work
    field = Field.objects.get(code="HOI")
    new = NewUnit("H99.31", "Sở Hội", "SO", "TINH", place.province.pk)
    to = Receiver(new, Fraction(1, 3), (f"linh-vuc:{Dossier.objects.get(pk=rest).field_id}",))
    event = split(place.home_affairs.pk, [to], ceases=False, under={}, by=place.admin, **SAID)
    carry_out(at=at("2026-11-19 00:05"))
    made = Unit.objects.get(code="H99.31")
    assert field.name == "Hội" and where(rest) == [(place.centre.pk, made.pk)]
    assert {unit for _, unit in where(*ids, done)} == {place.home_affairs.pk}
    undo_event(event.pk, why="Nhầm.", by=place.admin, at=at("2026-11-19 15:00"))
    carry_out(at=at("2026-11-19 15:01"))
    assert where(rest) == [(place.centre.pk, place.home_affairs.pk)]


def test_a_unit_divided_gives_what_was_chosen_to_one_and_the_rest_to_the_heir(
    place: Place, work: Any
) -> None:
    ids, _, rest, code = work
    heir = Unit.objects.get(code="H99.09")
    parts = [Receiver(place.police.pk, None, (code,)), Receiver(heir.pk)]
    how: Any = {**SAID, "ceases": True, "under": {}, "heir": 1, "by": place.admin}
    seen = rehearse(lambda: split(place.home_affairs.pk, parts, **how), DAY)
    counted = {(one.kind.code, one.to_id): one.count for one in (*seen.parcels, *seen.held)}
    assert counted["dossier", place.police.pk] == 2 and counted["dossier", heir.pk] == 1
    split(place.home_affairs.pk, parts, **how)
    assert carry_out(at=at("2026-11-19 00:05")) == 2
    assert [unit for _, unit in where(*ids)] == [place.police.pk] * 2
    assert [unit for _, unit in where(rest)] == [heir.pk]
    for line in HandoverLine.objects.filter(kind__in=("dossier", "task")):
        assert line.found == line.moved > 0


def test_the_same_procedure_is_not_promised_to_two(place: Place, work: Any) -> None:
    code, heir = work[3], Unit.objects.get(code="H99.09")
    parts = [Receiver(place.police.pk, None, (code,)), Receiver(heir.pk, None, (code,))]
    with pytest.raises(Refused, match="cho hai đơn vị nhận"):
        split(place.home_affairs.pk, parts, ceases=False, under={}, by=place.admin, **SAID)


def test_the_form_asks_shows_and_records_what_goes(office: Office, place: Place, work: Any) -> None:
    ids, _, _, code = work
    client, heir = office.enter(place.admin), Unit.objects.get(code="H99.09")
    url = reverse("record-event") + "?loai=CHUYEN_GIAO_CHUC_NANG"
    typed: dict[str, Any] = {
        "giver": place.home_affairs.pk, "receiver": heir.pk, "what": "Quản lý hội", "effective": "19/11/2026",
        "decision": "15/NQ-HĐND", "buoc": "xem",
    }  # fmt: skip
    asked = client.post(url, typed).content.decode()
    assert "Hồ sơ đang mở đi theo chức năng" in asked and "Cả lĩnh vực Nội vụ: 2 hồ sơ" in asked
    seen = client.post(url, {**typed, "chosen": [code]})
    shown = seen.content.decode()
    assert "Đi sang đơn vị khác" in shown and "Hồ sơ đang giải quyết" in shown
    done = client.post(url, {**typed, "chosen": [code], "buoc": "ghi", "da_xem": seen.context["seen"]})
    assert done.status_code == 302
    record = Handover.objects.get()
    assert record.chosen == [code]
    carry_out(at=at("2026-11-20 14:00"))
    page = client.get(reverse("handover", args=[record.pk])).content.decode()
    assert "Chỉ bàn giao hồ sơ đang mở của" in page and place.version.procedure.code in page
    assert "Các bước sau của những hồ sơ này cũng do bên nhận làm" in page
    paper = client.get(reverse("handover-paper", args=[record.pk]))
    assert paper["Content-Type"] == "application/pdf"
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    for words in ("BIÊN BẢN", "Sở Nội vụ", "15/NQ-HĐND", "chỉ hồ sơ đang mở của", "Hồ sơ đang giải quyết"):
        assert words in " ".join(told.split()), words
    assert office.enter(place.clerk).get(reverse("handover-paper", args=[record.pk])).status_code == 403
    assert where(*ids)[0][1] == heir.pk

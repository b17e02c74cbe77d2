"""A step that is a procedure of its own: it opens its dossier, waits for its end, and goes on by itself."""

import pytest
from django.db import connection, transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierStep, SubDossier, Tie
from congvu.dossiers.queries.envelopes import kin_of
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.status import Status, Verdict
from congvu.dossiers.tests.make import Place, a_place, a_process, a_version, at
from congvu.dossiers.tests.test_two_at_once import at_once
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.models import Procedure, ProcessStep, ProcessVersion

START, LATER = at("2026-11-20 09:00"), at("2026-11-23 10:00")


@pytest.fixture
def place(db: None) -> Place:
    road.cache_clear()
    return a_place()


@pytest.fixture
def parent(place: Place) -> int:
    """A dossier handed over to its first agency; the second step is a procedure of its own."""
    a_version("5.000002", name="Thẩm duyệt phòng cháy", term=(5, "NGAY_LAM_VIEC"))
    version = a_version("5.000001", name="Cấp giấy phép xây dựng", term=(20, "NGAY_LAM_VIEC"))
    process = a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, ""),
            ("Thẩm định", "LEAD", "COMPETENT", None, "2"),
            ("Thẩm duyệt phòng cháy", "COOPERATE", "FIXED", place.police, "5"),
            ("Tổng hợp", "LEAD", "COMPETENT", None, "1"),
            ("Trả", "RETURN", "RECEIVER", None, ""),
        ],
    )
    _make_sub(process, 3, "5.000002")
    made = receive([place.intake(version_id=version.pk)], by=place.clerk, at=START)[0]
    hand_over([made.id], by=place.clerk, at=START).only()
    return made.id


def _make_sub(process: ProcessVersion, position: int, code: str) -> None:
    """The builder publishes tasks only: the frozen step is written anew as a sub-dossier, triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        ProcessStep.objects.filter(process_version=process, position=position).update(
            kind="SUB_DOSSIER", sub_procedure=Procedure.objects.get(code=code)
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def opened(place: Place, parent: int) -> Dossier:
    complete_step([parent], by=place.specialist, at=START).only()
    return SubDossier.objects.get(parent=parent).dossier


def open_step(dossier: int) -> int:
    return DossierStep.objects.get(dossier=dossier, state=1).position


def test_the_step_opens_a_dossier_of_its_procedure_which_goes_straight_to_its_agency(
    place: Place, parent: int
) -> None:
    child = opened(place, parent)
    assert (child.code, child.status, child.competent_unit_id) == (
        "H99.01-261120-0002", Status.HANDLING, place.police.pk,
    )  # fmt: skip
    assert (Dossier.objects.get(pk=parent).ties, child.ties) == (Tie.PARENT, Tie.CHILD)
    assert str(child.due_on) == "2026-11-30"  # its own clock


def test_the_parent_waits_and_says_for_what(place: Place, parent: int) -> None:
    child = opened(place, parent)
    with pytest.raises(Refused, match=f"chờ hồ sơ con {child.code}"):
        complete_step([parent], by=place.police_officer, at=LATER).only()


def test_a_result_of_the_child_carries_the_parent_on(place: Place, parent: int) -> None:
    child = opened(place, parent)
    finish([child.pk], ResultIn("Văn bản thẩm duyệt"), by=place.police_officer, at=LATER).only()
    assert open_step(parent) == 4
    done = DossierStep.objects.get(dossier=parent, position=3)
    assert child.code in done.note


@pytest.mark.parametrize("way", ["withdrawn", "refused"])
def test_a_child_without_a_result_leaves_the_step_to_its_officer(place: Place, parent: int, way: str) -> None:
    child = opened(place, parent)
    if way == "withdrawn":
        withdraw([child.pk], "Không cần nữa", by=place.police_officer, at=LATER).only()
    else:
        refusal = ResultIn("Văn bản trả lời", verdict=Verdict.REFUSED)
        finish([child.pk], refusal, "Không đạt", by=place.police_officer, at=LATER).only()
    assert open_step(parent) == 3
    assert [one.lost for one in kin_of(parent, Visible(True, (), None))] == [True]
    complete_step([parent], "Không có kết quả", by=place.police_officer, at=LATER).only()
    assert open_step(parent) == 4


def test_of_a_child_out_of_sight_the_code_alone_is_told(place: Place, parent: int) -> None:
    child = opened(place, parent)
    (told,) = kin_of(parent, Visible(False, (place.centre.pk + 1000,), None))
    assert (told.code, told.name, told.seen) == (child.code, "", False)
    (all_of_it,) = kin_of(parent, Visible(True, (), None))
    assert all_of_it.name == child.summary and all_of_it.seen


def test_a_parent_that_waits_itself_does_not_move(place: Place, parent: int) -> None:
    child = opened(place, parent)
    request_supplement([parent], "Bổ sung bản vẽ", by=place.specialist, at=START).only()
    finish([child.pk], ResultIn("Văn bản thẩm duyệt"), by=place.police_officer, at=LATER).only()
    assert open_step(parent) == 3


def test_withdrawing_the_parent_withdraws_the_child(place: Place, parent: int) -> None:
    child = opened(place, parent)
    withdraw([parent], "Đổi ý", by=place.clerk, at=LATER).only()
    assert Dossier.objects.get(pk=child.pk).status == Status.WITHDRAWN


def test_a_procedure_no_longer_in_force_stops_the_step_with_a_reason(place: Place, parent: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE procedures_procedureversion SET valid_to = '2026-01-01' WHERE name = 'Thẩm duyệt phòng cháy'"
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    with pytest.raises(Refused, match="không còn hiệu lực"):
        complete_step([parent], by=place.specialist, at=START)
    assert open_step(parent) == 2
    assert SYSTEM.system


@pytest.mark.django_db(transaction=True)
def test_a_child_that_ends_and_its_parent_that_is_withdrawn_meet_without_a_deadlock(
    place: Place, parent: int
) -> None:
    child = opened(place, parent)
    answers = at_once(
        parent,
        lambda: withdraw([parent], "Không xây nữa", by=place.clerk, at=LATER),
        lambda: finish([child.pk], ResultIn("Văn bản thẩm duyệt"), by=place.police_officer, at=LATER),
    )
    statuses = {one.pk: Status(one.status) for one in Dossier.objects.filter(pk__in=(parent, child.pk))}
    assert statuses[parent] == Status.WITHDRAWN, answers
    assert statuses[child.pk] in (Status.WITHDRAWN, Status.FINISHED)


@pytest.mark.django_db(transaction=True)
def test_a_parent_and_its_child_withdrawn_at_the_same_moment_end_once_each(place: Place, parent: int) -> None:
    child = opened(place, parent).pk
    answers = at_once(
        parent,
        lambda: withdraw([parent], "Không xây nữa", by=place.clerk, at=LATER),
        lambda: withdraw([child], "Không cần nữa", by=place.police_officer, at=LATER),
    )
    assert all(answer.done or answer.refused for answer in answers), answers
    for one in (parent, child):
        assert Dossier.objects.get(pk=one).status == Status.WITHDRAWN
        assert DossierEvent.objects.filter(dossier=one, verb="withdraw").count() == 1
    assert not DossierStep.objects.filter(dossier__in=(parent, child), state=1).exists()


@pytest.mark.django_db(transaction=True)
def test_two_children_that_end_at_the_same_moment_open_what_waited_for_both_once(place: Place) -> None:
    a_version("5.000002", name="Thẩm duyệt phòng cháy", term=(5, "NGAY_LAM_VIEC"))
    a_version("5.000003", name="Thẩm định môi trường", term=(5, "NGAY_LAM_VIEC"))
    version = a_version("5.000004", name="Cấp phép nhà máy", term=(20, "NGAY_LAM_VIEC"))
    process = a_process(
        version,
        [
            ("Tiếp nhận", "RECEIVE", "RECEIVER", None, ""),
            ("Thẩm duyệt phòng cháy", "COOPERATE", "FIXED", place.police, "5"),
            ("Thẩm định môi trường", "COOPERATE", "FIXED", place.home_affairs, "5"),
            ("Tổng hợp", "LEAD", "COMPETENT", None, "1"),
            ("Trả", "RETURN", "RECEIVER", None, ""),
        ],
        links=[(1, 2), (1, 3), (2, 4), (3, 4), (4, 5)],
    )
    _make_sub(process, 2, "5.000002")
    _make_sub(process, 3, "5.000003")
    made = receive([place.intake(version_id=version.pk)], by=place.clerk, at=START)[0].id
    hand_over([made], by=place.clerk, at=START).only()
    fire, water = (SubDossier.objects.get(parent=made, position=nth).dossier_id for nth in (2, 3))
    result = ResultIn("Văn bản thẩm duyệt")
    answers = at_once(
        made,
        lambda: finish([fire], result, by=place.police_officer, at=LATER),
        lambda: finish([water], result, by=place.specialist, at=LATER),
    )
    assert [len(answer.done) for answer in answers] == [1, 1], answers
    assert open_step(made) == 4
    assert DossierStep.objects.filter(dossier=made, position=4).count() == 1

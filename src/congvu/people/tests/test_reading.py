"""Reading a file: keepers by duty, others under a grant; every reading logged; sensitive facts behind a grant of their own."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.people.access import home_unit, sight_of
from congvu.people.actions.correct import add_part, keep_sensitive
from congvu.people.actions.enter import Step
from congvu.people.actions.read_standing import read_standing
from congvu.people.actions.salary import give_step
from congvu.people.models import Appointment, FileRequest, Person, PersonVersion
from congvu.people.rules.codes import CIVIL, CONCURRENT, FULL
from congvu.people.rules.home import home_of
from congvu.people.tests.make import PAPER, a_person, post

pytestmark = pytest.mark.django_db
ASK = {"purpose": "Bổ nhiệm lại Trưởng phòng", "valid_from": "20/11/2026", "valid_to": "30/11/2026"}


@pytest.fixture
def someone(actors: Any) -> Any:
    made = a_person(actors.home, citizen_number="099185000001")
    keep_sensitive(made.pk, {"religion": "Phật giáo"}, decision=PAPER, by=SYSTEM, at=actors_at())
    return made


def actors_at() -> Any:
    from congvu.foundation import clock

    return clock.now()


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def readings() -> int:
    return AuditEntry.objects.filter(verb="people.read_file").count()


def test_a_keeper_opens_the_file_and_each_opening_is_in_the_log(
    actors: Any, visit: Any, someone: Any
) -> None:
    client = visit(actors.personnel)
    page = text_of(client.get(f"/nhan-su/{someone.number}/ho-so/"))
    assert "12/03/1985" in page and "Phật giáo" not in page
    client.get(f"/nhan-su/{someone.number}/ho-so/")
    assert readings() == 2
    entry = AuditEntry.objects.filter(verb="people.read_file").latest("id")
    assert (entry.object_id, entry.actor_id, entry.why) == (
        someone.pk, actors.personnel.account.pk, "Người giữ hồ sơ",
    )  # fmt: skip


def test_others_ask_another_grants_and_only_then_the_file_opens(
    actors: Any, visit: Any, someone: Any
) -> None:
    where = f"/nhan-su/{someone.number}/"
    leader, keeper = visit(actors.leader), visit(actors.personnel)
    refused = leader.get(f"{where}ho-so/")
    assert refused.status_code == 403 and "chỉ mở theo yêu cầu" in text_of(refused)
    assert readings() == 0
    assert leader.post(f"{where}xin-doc/", ASK).status_code == 302
    asked = FileRequest.objects.get()
    own = leader.post("/nhan-su/yeu-cau/", {"yeu-cau": asked.pk, "viec": "cho-phep"})
    assert own.status_code == 422 and "Không tự cho phép" in text_of(own)
    assert leader.get(f"{where}ho-so/").status_code == 403
    assert keeper.post("/nhan-su/yeu-cau/", {"yeu-cau": asked.pk, "viec": "cho-phep"}).status_code == 302
    page = text_of(leader.get(f"{where}ho-so/"))
    assert "12/03/1985" in page and "đến hết ngày 30/11/2026" in page and "Phật giáo" not in page
    assert AuditEntry.objects.get(verb="people.read_file").why == ASK["purpose"]


def test_a_grant_ends_with_its_last_day(actors: Any, visit: Any, someone: Any, frozen_clock: Any) -> None:
    leader = visit(actors.leader)
    leader.post(f"/nhan-su/{someone.number}/xin-doc/", ASK)
    visit(actors.personnel).post(
        "/nhan-su/yeu-cau/", {"yeu-cau": FileRequest.objects.get().pk, "viec": "cho-phep"}
    )
    frozen_clock.move_to(frozen_clock.now.replace(day=30, hour=23))
    assert leader.get(f"/nhan-su/{someone.number}/ho-so/").status_code == 200
    frozen_clock.move_to(frozen_clock.now.replace(month=12, day=1, hour=0))
    assert leader.get(f"/nhan-su/{someone.number}/ho-so/").status_code == 403


def test_sensitive_facts_need_a_grant_of_their_own_even_for_a_keeper(
    actors: Any, visit: Any, someone: Any
) -> None:
    keeper, leader = visit(actors.personnel), visit(actors.leader)
    where = f"/nhan-su/{someone.number}/"
    keeper.post(f"{where}xin-doc/", {**ASK, "sensitive": "on"})
    assert "Phật giáo" not in text_of(keeper.get(f"{where}ho-so/"))
    leader.post("/nhan-su/yeu-cau/", {"yeu-cau": FileRequest.objects.get().pk, "viec": "cho-phep"})
    assert "Phật giáo" in text_of(keeper.get(f"{where}ho-so/"))
    assert AuditEntry.objects.filter(verb="people.read_sensitive").count() == 1
    assert not AuditEntry.objects.filter(after__icontains="Phật").exists()


def test_a_refusal_needs_a_reason_and_an_auditor_may_not_grant(actors: Any, visit: Any, someone: Any) -> None:
    visit(actors.leader).post(f"/nhan-su/{someone.number}/xin-doc/", ASK)
    pk = FileRequest.objects.get().pk
    assert (
        visit(actors.auditor).post("/nhan-su/yeu-cau/", {"yeu-cau": pk, "viec": "cho-phep"}).status_code
        == 404
    )
    keeper = visit(actors.personnel)
    assert keeper.post("/nhan-su/yeu-cau/", {"yeu-cau": pk, "viec": "tu-choi"}).status_code == 422
    keeper.post("/nhan-su/yeu-cau/", {"yeu-cau": pk, "viec": "tu-choi", "ly-do": "Đã có bản tóm tắt"})
    assert "Đã có bản tóm tắt" in text_of(visit(actors.leader).get("/nhan-su/yeu-cau/"))


def test_a_correction_supersedes_and_the_file_as_known_before_stays(
    actors: Any, visit: Any, someone: Any, frozen_clock: Any
) -> None:
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    frozen_clock.move_to(frozen_clock.now.replace(day=23))
    typed = {
        "name": "Nguyễn Thị Mỹ Hạnh", "birth": "12/3/1986", "sex": "nu", "ethnicity": "Tày", "why": "Theo giấy khai sinh gốc",
        "decision": "20/QĐ-SNV", "citizen_number": "099185000001",
    }  # fmt: skip
    assert keeper.post(f"{where}dinh-chinh/", {**typed, "decision": ""}).status_code == 422
    assert keeper.post(f"{where}dinh-chinh/", typed).status_code == 302
    assert "12/03/1986" in text_of(keeper.get(where))
    before = text_of(keeper.get(f"{where}?biet-den=22/11/2026"))
    assert "12/03/1985" in before
    assert PersonVersion.objects.get(superseded_at=None).valid_from == date(1986, 3, 12)
    entry = AuditEntry.objects.get(verb="people.correct")
    assert "1986" not in str(entry.after)


def test_steps_and_parts_come_into_the_file(actors: Any, visit: Any, someone: Any) -> None:
    keeper = visit(actors.personnel)
    where = f"/nhan-su/{someone.number}/ho-so/"
    step = {
        "grade": "01.003",
        "step": "4",
        "over_frame": "0",
        "valid_from": "1/3/2025",
        "decision": "9/QĐ-SNV",
    }
    assert keeper.post(f"{where}luong/", step).status_code == 302
    wrong = keeper.post(f"{where}luong/", {**step, "step": "12", "valid_from": "1/3/2026"})
    assert "không có bậc 12" in text_of(wrong)
    part = {
        "kind": "training",
        "code": "qlnn",
        "title": "Quản lý nhà nước ngạch chuyên viên",
        "first": "1/4/2024",
    }
    assert keeper.post(f"{where}muc/", part).status_code == 302
    page = text_of(keeper.get(where))
    assert "3,33" in page and "01/03/2028" in page and "Quản lý nhà nước ngạch chuyên viên" in page


def test_keepers_of_a_unit_one_only_helps_in_must_ask_too(
    actors: Any, visit: Any, make_person: Any, someone: Any
) -> None:
    from congvu.people.actions.appoint import appoint
    from congvu.people.rules.codes import CONCURRENT
    from congvu.people.tests.make import post

    appoint([(someone.pk, post(actors.centre, kind=CONCURRENT))], decision=PAPER, by=SYSTEM, at=actors_at())
    client = visit(make_person("personnel", actors.centre))
    where = f"/nhan-su/{someone.number}/"
    assert client.get(where).status_code == 200
    for query in ("", "?biet-den=20/11/2026", "?ngay=01/02/2021"):
        assert client.get(f"{where}ho-so/{query}").status_code == 403
    assert client.get(f"{where}bo-tri/").status_code == 404


def test_a_keeper_of_a_post_held_beside_reads_no_file_and_changes_none(
    actors: Any, visit: Any, make_person: Any
) -> None:
    held = (post(actors.home), post(actors.centre, kind=CONCURRENT, valid_from=date(2026, 1, 1)))
    made = a_person(actors.home, "Lê Hai Nơi", posts=held)
    other = make_person("personnel", actors.centre, username="canh").actor
    own = make_person("personnel", actors.home, username="giu").actor
    at, known = actors_at(), picture()
    for actor, seen in ((other, 0), (own, 1)):
        sight = sight_of(actor, at.date(), known)
        found = read_standing(at.date(), sight, why="Xét", by=actor, at=at, people=[made.pk])
        assert len(found) == seen
    with pytest.raises(Refused, match="không giữ hồ sơ nhân sự"):
        add_part(made.pk, "training", "qlnn", "Lớp chuyên viên", by=other, at=at)
    with pytest.raises(Refused, match="không giữ hồ sơ nhân sự"):
        give_step({made.pk: Step("01.003", 1, date(2026, 1, 1))}, decision=PAPER, by=other, at=at)
    assert add_part(made.pk, "training", "qlnn", "Lớp chuyên viên", by=own, at=at).pk
    assert give_step({made.pk: Step("01.003", 1, date(2026, 1, 1))}, decision=PAPER, by=own, at=at) == 1


def test_without_any_post_only_who_keeps_all_the_province_changes_the_file(
    actors: Any, make_person: Any
) -> None:
    made = a_person(actors.home, "Lê Không Chỗ")
    Appointment.objects.filter(person=made).update(superseded_at=actors_at())
    given = (made.pk, "training", "qlnn", "Lớp chuyên viên")
    with pytest.raises(Refused, match="không giữ hồ sơ nhân sự"):
        add_part(*given, by=make_person("personnel", actors.home, username="giu").actor, at=actors_at())
    assert add_part(*given, by=actors.personnel.actor, at=actors_at()).pk


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(
        st.tuples(st.sampled_from((CONCURRENT, FULL)), st.integers(-3, 2), st.integers(1, 3), st.booleans()),
        max_size=4,
    )
)
def test_the_rule_and_the_statement_name_the_same_home(
    actors: Any, spans: list[tuple[str, int, int, bool]]
) -> None:
    today = actors_at().date()
    with transaction.atomic():
        made = Person.objects.create(number="CBX", recorded_at=actors_at())
        posts, busy = [], set()
        for kind, year, years, here in spans:
            if kind == FULL and busy & set(range(year, year + years)):
                continue
            busy |= set(range(year, year + years)) if kind == FULL else set()
            posts.append(Appointment(
                person=made, unit=actors.home if here else actors.centre, kind=kind, pool=CIVIL, position="A",
                valid_from=today.replace(year=today.year + year), valid_to=today.replace(year=today.year + year + years),
                recorded_at=actors_at(), recorded_by="",
            ))  # fmt: skip
        Appointment.objects.bulk_create(posts)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT coalesce({home_unit('%(person)s')}, 0)", {"person": made.pk, "today": today}
            )
            assert cursor.fetchone() == (home_of(posts, today),)
        transaction.set_rollback(True)

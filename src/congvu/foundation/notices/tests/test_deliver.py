"""The outbox: each message once, whoever dies and whatever the gateway answers."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from congvu.foundation import clock
from congvu.foundation.audit.actions import record
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.notices.actions.after_restore import doubt_restored
from congvu.foundation.notices.actions.decide import decide
from congvu.foundation.notices.actions.deliver import LEFT_OVER_MINUTES, deliver, doubt_left_over
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.gateways import (
    ConsoleGateway,
    FileGateway,
    Later,
    Letter,
    gateway_named,
)
from congvu.foundation.notices.models import Notice, NoticeState, ReadMark
from congvu.foundation.notices.rules.waiting import MOST_TRIES
from congvu.foundation.notices.smtp import SmtpGateway
from congvu.foundation.notices.tests.mailserver import a_mail_server
from congvu.foundation.workdays.days import add_minutes, add_seconds

pytestmark = pytest.mark.django_db(transaction=True)
S = NoticeState


def some(count: int = 1, channel: str = "email") -> None:
    to = "mau@example.com" if channel == "email" else "0900000123"
    put(
        [
            NewNotice(f"thu:{n}:{channel}", channel, to, f"Nội dung {n}.", f"Tiêu đề {n}")
            for n in range(count)
        ],
        at=clock.now(),
    )


def by_smtp(port: int) -> dict[str, Any]:
    return {"email": SmtpGateway("127.0.0.1", port, "mot-cua@tinh.example", security="none")}


def only() -> Notice:
    return Notice.objects.get()


def test_a_notice_told_twice_is_one(frozen_clock: Any) -> None:
    some()
    some()
    assert Notice.objects.count() == 1


def test_a_mail_goes_out_with_its_words_and_the_server_s_number(frozen_clock: Any) -> None:
    some()
    with a_mail_server() as server:
        assert deliver(by_smtp(server.port), clock.now) == 1
        assert deliver(by_smtp(server.port), clock.now) == 0
    sent = only()
    assert (sent.state, sent.tries, sent.gateway, sent.gateway_id) == (
        S.SENT, 1, "smtp", "2.0.0 Ok: queued as A1",
    )  # fmt: skip
    assert server.kept[0][0] == "mau@example.com"
    assert server.subjects() == ["Tiêu đề 0"]
    assert server.texts()[0].strip() == "Nội dung 0."
    assert f"<congvu-{sent.pk}@tinh.example>" in server.kept[0][1]


def test_a_server_that_refuses_for_good_is_believed(frozen_clock: Any) -> None:
    some()
    with a_mail_server(to_rcpt="550 5.1.1 no such user") as server:
        deliver(by_smtp(server.port), clock.now)
    assert (only().state, only().why) == (
        S.FAILED,
        "Máy chủ thư không nhận địa chỉ này (550): 5.1.1 no such user",
    )
    assert server.kept == []


@pytest.mark.parametrize("where", ["to_rcpt", "to_data"])
def test_a_server_that_is_busy_is_asked_again_later(frozen_clock: Any, where: str) -> None:
    some()
    with a_mail_server(**{where: "451 4.7.1 greylisted, come back"}) as server:
        deliver(by_smtp(server.port), clock.now)
        waiting = only()
        assert (waiting.state, waiting.next_try_at) == (S.WAITING, add_seconds(clock.now(), 60))
        assert deliver(by_smtp(server.port), clock.now) == 0, "not before its time"
        setattr(server, where, "250 ok")
        frozen_clock.move_to(add_minutes(frozen_clock.now, 2))
        deliver(by_smtp(server.port), clock.now)
    assert (only().state, only().tries, len(server.kept)) == (S.SENT, 2, 1)


def test_a_server_that_is_not_there_is_given_up_after_the_last_try(frozen_clock: Any) -> None:
    some()
    with a_mail_server() as server:
        closed = by_smtp(server.port)
    for _ in range(MOST_TRIES + 3):
        deliver(closed, clock.now)
        frozen_clock.move_to(add_minutes(frozen_clock.now, 361))
    assert (only().state, only().tries) == (S.FAILED, MOST_TRIES)
    assert only().why.startswith(f"Đã thử {MOST_TRIES} lần. Máy chủ thư 127.0.0.1:")


def test_what_a_person_has_sent_again_is_tried_as_often_as_anew(frozen_clock: Any) -> None:
    some()
    Notice.objects.update(tries=MOST_TRIES, state=S.FAILED, why=f"Đã thử {MOST_TRIES} lần. Máy chủ bận")
    decide("send_again", [only().pk], by=SYSTEM, at=clock.now())
    deliver(by_smtp(1), clock.now)
    assert (only().state, only().tries) == (S.WAITING, MOST_TRIES + 1)
    assert only().next_try_at == add_seconds(clock.now(), 60)


def test_silence_after_the_mail_was_taken_is_a_doubt_and_not_a_second_mail(frozen_clock: Any) -> None:
    some()
    with a_mail_server(silent=True) as server:
        deliver(by_smtp(server.port), clock.now)
        frozen_clock.move_to(add_minutes(frozen_clock.now, 600))
        deliver(by_smtp(server.port), clock.now)
    assert (only().state, len(server.kept)) == (S.UNCERTAIN, 1)


class Broken:
    name = "hong"

    def send(self, letter: Letter) -> str:
        raise RuntimeError("mật khẩu bí mật")


def test_a_fault_of_a_gateway_is_a_doubt_and_tells_no_secret(frozen_clock: Any) -> None:
    some()
    deliver({"email": Broken()}, clock.now)
    assert (only().state, only().why) == (S.UNCERTAIN, "Lỗi của cổng gửi (RuntimeError).")


def test_a_channel_without_a_gateway_keeps_what_it_has(frozen_clock: Any) -> None:
    some(channel="sms")
    assert deliver({"email": Broken()}, clock.now) == 0
    assert only().state == S.WAITING


def test_what_a_dead_worker_left_becomes_a_doubt_and_stays_one(frozen_clock: Any) -> None:
    some()
    Notice.objects.update(state=S.SENDING, tries=1, changed_at=clock.now())
    assert doubt_left_over(at=clock.now()) == 0, "it may still be at work"
    frozen_clock.move_to(add_minutes(frozen_clock.now, LEFT_OVER_MINUTES + 1))
    assert doubt_left_over(at=clock.now()) == 1
    assert deliver({"email": Broken()}, clock.now) == 0
    assert only().state == S.UNCERTAIN


def test_a_worker_that_wakes_late_still_says_that_it_went(frozen_clock: Any) -> None:
    some()

    class Slow:
        name = "cham"

        def send(self, letter: Letter) -> str:
            frozen_clock.move_to(add_minutes(frozen_clock.now, LEFT_OVER_MINUTES + 1))
            doubt_left_over(at=clock.now())
            assert only().state == S.UNCERTAIN
            return "đã nhận"

    deliver({"email": Slow()}, clock.now)
    assert (only().state, only().gateway_id) == (S.SENT, "đã nhận")


def test_two_workers_at_once_send_two_hundred_each_once(tmp_path: Path) -> None:
    some(200)
    with a_mail_server() as server:
        tried: list[int] = []

        def work() -> None:
            tried.append(deliver(by_smtp(server.port), clock.now))
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
    assert sum(tried) == 200 and min(tried) > 0, tried
    assert sorted(server.subjects()) == sorted(f"Tiêu đề {n}" for n in range(200))
    assert set(Notice.objects.values_list("state", "tries")) == {(S.SENT, 1)}


def test_the_file_gateway_puts_whole_files_and_none_twice(frozen_clock: Any, tmp_path: Path) -> None:
    some(channel="sms")
    folder = tmp_path / "hộp thư"
    deliver({"sms": FileGateway(folder)}, clock.now)
    (made,) = folder.iterdir()
    told = json.loads(made.read_text())
    assert (told["to"], told["text"], made.stat().st_mode & 0o777) == ("0900000123", "Nội dung 0.", 0o600)
    assert FileGateway(folder).send(Letter(only().pk, "sms", "0900000123", "", "khác")) == made.name
    assert json.loads(made.read_text())["text"] == "Nội dung 0."
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(Later):
        FileGateway(tmp_path / "tep").send(Letter(1, "sms", "0900000123", "", "x"))


def test_the_console_shows_the_letter(capsys: Any) -> None:
    ConsoleGateway().send(Letter(7, "sms", "0900000123", "", "Đã tiếp nhận"))
    assert capsys.readouterr().out == "[sms → 0900000123]\nĐã tiếp nhận\n\n"


def test_a_provider_is_named_by_its_address() -> None:
    assert gateway_named(f"{__name__}:Broken").name == "hong"


def test_the_password_is_in_no_picture_of_the_gateway() -> None:
    assert "bi-mat" not in repr(SmtpGateway("may", 25, "a@b.vn", "ai", "bi-mat"))


Check = Callable[[], list[int]]


@pytest.mark.parametrize(
    ("decision", "before", "after"),
    [
        ("send_again", S.FAILED, S.WAITING),
        ("send_again", S.UNCERTAIN, S.WAITING),
        ("send_again", S.SENT, S.SENT),
        ("send_again", S.SENDING, S.SENDING),
        ("it_went", S.UNCERTAIN, S.SENT),
        ("it_went", S.FAILED, S.FAILED),
        ("withdraw_notice", S.WAITING, S.WITHDRAWN),
        ("withdraw_notice", S.UNCERTAIN, S.WITHDRAWN),
        ("withdraw_notice", S.SENDING, S.SENDING),
        ("withdraw_notice", S.SENT, S.SENT),
    ],
)
def test_what_a_person_decides(frozen_clock: Any, decision: str, before: S, after: S) -> None:
    some()
    Notice.objects.update(state=before)
    done = decide(decision, [only().pk], by=SYSTEM, at=clock.now())
    assert only().state == after
    assert bool(done) == (before != after)
    assert AuditEntry.objects.filter(verb=decision, object_kind="notice").count() == len(done)


def test_a_gateway_that_is_away_is_left_alone_until_the_next_turn(frozen_clock: Any) -> None:
    some(5)
    with a_mail_server() as server:
        closed = by_smtp(server.port)
    assert deliver(closed, clock.now) == 1, "the other four do not lose a try to it"
    assert sorted(Notice.objects.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]


def test_a_slow_gateway_gives_the_worker_back(frozen_clock: Any) -> None:
    some(5)

    class Slow:
        name = "cham"

        def send(self, letter: Letter) -> str:
            frozen_clock.move_to(add_seconds(frozen_clock.now, 25))
            return "được"

    assert deliver({"email": Slow()}, clock.now) == 3
    assert deliver({"email": Slow()}, clock.now) == 2


def test_after_a_restore_nothing_is_sent_or_told_by_itself(frozen_clock: Any) -> None:
    some(2)
    Notice.objects.filter(key__startswith="thu:0").update(state=S.SENT)
    record("receive", "dossier", 1, by=SYSTEM, at=clock.now())
    assert doubt_restored(["dossiers"], at=clock.now()) == 1
    assert deliver({"email": Broken()}, clock.now) == 0
    assert ReadMark.objects.get().last_id == AuditEntry.objects.latest("id").pk

"""Mail over TLS and with a sign-in, against a real server: what goes wrong is said so that an operator can mend it."""

import logging
import socket
from pathlib import Path
from typing import Any

import pytest

from congvu.foundation import clock
from congvu.foundation.notices.actions.deliver import deliver
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Notice, NoticeState
from congvu.foundation.notices.smtp import SmtpGateway
from congvu.foundation.notices.tests.certificates import made
from congvu.foundation.notices.tests.mailserver import MailServer, a_mail_server
from congvu.foundation.workdays.days import add_minutes

pytestmark = pytest.mark.django_db(transaction=True)
S = NoticeState
SECRET = "Mat-khau-bi-mat-2026"
ACCOUNTS = {"mot-cua": SECRET}


def gateway(server: MailServer, security: str, authority: str, **other: Any) -> SmtpGateway:
    how = {"user": "mot-cua", "password": SECRET, "host": "localhost", **other}
    return SmtpGateway(
        how["host"], server.port, "mot-cua@tinh.example", how["user"], how["password"], security, authority
    )


def sent_by(one: SmtpGateway, to: str = "mau@example.com") -> Notice:
    """What became of a letter given to it."""
    put([NewNotice("thu:1", "email", to, "Nội dung.", "Tiêu đề")], at=clock.now())
    deliver({"email": one}, clock.now)
    return Notice.objects.get()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_out_under_tls_after_signing_in(frozen_clock: Any, tmp_path: Path, security: str) -> None:
    context, trusted = made(tmp_path)
    with a_mail_server(tls=context, at_once=security == "tls", accounts=ACCOUNTS) as server:
        here = gateway(server, security, trusted)
        assert here.probe() == ""
        assert server.kept == [], "a probe sends nothing"
        assert sent_by(here).state == S.SENT
    assert server.subjects() == ["Tiêu đề"]
    clear = [line for line, covered in zip(server.asked, server.under_tls, strict=True) if not covered]
    assert {line.split()[0].upper() for line in clear} <= {"EHLO", "STARTTLS"}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_gets_no_password_and_no_mail(
    frozen_clock: Any, tmp_path: Path, security: str
) -> None:
    context, _ = made(tmp_path)
    with a_mail_server(tls=context, at_once=security == "tls", accounts=ACCOUNTS) as server:
        left = sent_by(gateway(server, security, ""))
    assert (left.state, left.tries) == (S.WAITING, 1)
    assert "chứng thư không tin được" in left.why and "CONGVU_SMTP_CA" in left.why
    assert not [line for line in server.asked if line.upper().startswith(("AUTH", "MAIL"))]


def test_a_certificate_of_another_machine_is_not_believed(frozen_clock: Any, tmp_path: Path) -> None:
    context, trusted = made(tmp_path, "thu.noi-khac.example")
    with a_mail_server(tls=context, accounts=ACCOUNTS) as server:
        told = gateway(server, "starttls", trusted).probe()
    assert "chứng thư không tin được" in told and "CONGVU_SMTP_HOST" in told


def test_a_wrong_password_waits_says_which_setting_and_tells_no_secret(
    frozen_clock: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    context, trusted = made(tmp_path)
    wrong = SECRET + "-sai"
    with caplog.at_level(logging.DEBUG), a_mail_server(tls=context, accounts=dict(ACCOUNTS)) as server:
        here = gateway(server, "starttls", trusted, password=wrong)
        left = sent_by(here)
        told = here.probe()
        assert (left.state, left.next_try_at) == (S.WAITING, add_minutes(clock.now(), 1))
        server.accounts["mot-cua"] = wrong  # mended
        frozen_clock.move_to(add_minutes(frozen_clock.now, 2))
        deliver({"email": here}, clock.now)
    assert "«mot-cua» hoặc mật khẩu (mã 535)" in left.why and "CONGVU_SMTP_PASSWORD" in left.why
    assert SECRET not in caplog.text + left.why + told
    assert (Notice.objects.get().state, len(server.kept)) == (S.SENT, 1)


def test_a_password_smtp_cannot_carry_is_trouble_of_the_house_not_a_doubt(
    frozen_clock: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    context, trusted = made(tmp_path)
    with a_mail_server(tls=context, accounts=ACCOUNTS) as server:
        left = sent_by(gateway(server, "starttls", trusted, password="mật-khẩu-có-dấu"))
    assert left.state == S.WAITING and "ASCII" in left.why
    assert "mật-khẩu" not in left.why + caplog.text


def test_a_refused_recipient_fails_alone_and_its_address_stays_masked(
    frozen_clock: Any, tmp_path: Path
) -> None:
    context, trusted = made(tmp_path)
    with a_mail_server(
        tls=context, accounts=ACCOUNTS, to_rcpt="550 5.1.1 <mau@example.com>: no such user"
    ) as server:
        left = sent_by(gateway(server, "starttls", trusted))
    assert left.state == S.FAILED
    assert left.why == "Máy chủ thư không nhận địa chỉ này (550): 5.1.1 <m•••@example.com>: no such user"


def test_a_sender_the_server_does_not_take_costs_no_letter(frozen_clock: Any) -> None:
    with a_mail_server(to_mail="553 5.7.1 sender not owned") as server:
        left = sent_by(gateway(server, "none", "", user=""))
    assert left.state == S.WAITING, "it is the house's fault, not the letter's"
    assert "«mot-cua@tinh.example»" in left.why and "CONGVU_EMAIL_FROM" in left.why


def test_a_server_without_tls_or_sign_in_is_told_apart(frozen_clock: Any) -> None:
    with a_mail_server() as server:
        assert "không có STARTTLS" in gateway(server, "starttls", "").probe()
        assert "không nhận đăng nhập" in gateway(server, "none", "").probe()
        assert "TLS" in gateway(server, "tls", "").probe()


def test_a_host_or_port_that_is_not_there_is_named(frozen_clock: Any) -> None:
    with a_mail_server() as server:
        gone = gateway(server, "none", "")
    assert "CONGVU_SMTP_PORT" in gone.probe()
    assert "không tìm thấy tên máy" in gateway(server, "none", "", host="thu.khong-co.invalid").probe()


def test_an_authority_file_that_cannot_be_read_is_named(frozen_clock: Any, tmp_path: Path) -> None:
    context, _ = made(tmp_path)
    with a_mail_server(tls=context, accounts=ACCOUNTS) as server:
        told = gateway(server, "starttls", str(tmp_path / "khong-co.pem")).probe()
    assert "CONGVU_SMTP_CA" in told


def test_a_server_that_speaks_only_tls_is_recognised(
    frozen_clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congvu.foundation.notices.smtp.PROBE_SECONDS", 1)
    with socket.create_server(
        ("127.0.0.1", 0)
    ) as mute:  # waits for our first word, as one does that speaks TLS at once
        here = SmtpGateway("127.0.0.1", mute.getsockname()[1], "a@b.example")
        assert "CONGVU_SMTP_SECURITY" in here.probe()

"""What `doctor` sees."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from congvu.config.cli import checkup, checkup_data
from congvu.config.cli.checkup import drift
from congvu.dossiers.tests.make import a_place
from congvu.foundation import clock
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Notice
from congvu.foundation.notices.tests.certificates import made
from congvu.foundation.notices.tests.mailserver import a_mail_server
from congvu.foundation.workdays.days import add_days


def states(findings) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {one.check: one.state for one in findings}


def test_our_own_environment_holds_its_pins() -> None:
    assert states(checkup.requirements()) == {"requirements": "ok"}


def test_drift_from_the_pins_is_told() -> None:
    pins = "django==1.0 \\\n    --hash=sha256:00\nno-such-package==2.0 \\\nonly-windows==1 ; sys_platform == 'win32'\n"
    told = list(drift(pins))
    assert len(told) == 2
    assert told[0].endswith("cần 1.0") and told[1] == "thiếu no-such-package 2.0"


def test_a_package_pinned_per_python_may_match_any_of_its_pins() -> None:
    import django

    assert not list(
        drift(f"django==1.0 ; python_version < '3'\ndjango=={django.__version__} ; python_version >= '3'\n")
    )


def test_a_busy_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert states(checkup.free_port(taken.getsockname()[1])) == {"port": "bad"}


def test_a_key_others_can_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_HOME", str(tmp_path))
    (tmp_path / "secret_key").write_text("k")
    (tmp_path / "secret_key").chmod(0o644)
    assert states(checkup.home_folder())["home"] in ("bad", "ok")
    assert any(one.state == "bad" and "secret_key" in one.what for one in checkup.home_folder())


def test_an_absent_home_is_only_a_remark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVU_HOME", str(tmp_path / "none"))
    assert states(checkup.home_folder()) == {"home": "warn"}


def test_a_check_that_breaks_is_itself_a_finding() -> None:
    def broken():  # type: ignore[no-untyped-def]
        raise RuntimeError("hỏng")
        yield

    (finding,) = checkup._safely(broken)
    assert finding.state == "bad" and "hỏng" in finding.what


@pytest.mark.django_db
def test_a_sound_database_has_nothing_bad() -> None:
    found = [one for check in checkup_data.CHECKS for one in check()]
    assert [one for one in found if one.state == "bad"] == []
    assert {"extensions", "tables", "jobs", "audit"} <= {one.check for one in found}


@pytest.mark.django_db
def test_rows_left_unsealed_are_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditentry (at, recorded_at, actor_name, verb, object_kind, object_id)"
            " VALUES (now(), now() - interval '1 hour', 'x', 'x', 'x', 1)"
        )
    assert states(checkup_data.audit()) == {"audit": "bad"}


@pytest.mark.django_db
def test_jobs_nobody_takes_are_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " VALUES ('default', 'x', '{}', now() - interval '1 hour')"
        )
    assert states(checkup_data.jobs())["jobs"] == "bad"


@pytest.mark.django_db
def test_a_row_whose_unit_or_dossier_was_deleted_by_hand_is_told() -> None:
    assert states(checkup_data.copied_keys()) == {"keys": "ok"}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id) VALUES (999999, now(), 999999)"
        )
        cursor.execute(
            "INSERT INTO dossiers_event (dossier_id, at, verb, status_to) VALUES (999999, now(), 'receive', 2)"
        )
    told = list(checkup_data.copied_keys())
    assert states(told) == {"keys": "bad"} and len(told) == 3


@pytest.mark.django_db
def test_a_dossier_whose_case_or_field_was_deleted_by_hand_is_told() -> None:
    a_place().received("2026-11-02 09:00")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET case_id = 999999, field_id = 999999")
    told = list(checkup_data.copied_keys())
    assert states(told) == {"keys": "bad"} and len(told) == 2


@pytest.mark.django_db
def test_an_outbox_that_needs_someone_is_told(settings: Any) -> None:
    settings.CONGVU_EMAIL = settings.CONGVU_SMS = "file"
    assert states(checkup_data.notices()) == {"notices": "ok"}
    long_ago = add_days(clock.now(), -1)
    put(
        [NewNotice(f"k{n}", "sms", "0900000123", "x") for n in range(3)],
        at=long_ago,
    )
    Notice.objects.filter(key="k1").update(state="uncertain")
    Notice.objects.filter(key="k2").update(state="failed", changed_at=clock.now())
    told = {one.what: one.state for one in checkup_data.notices()}
    assert list(told.values()) == ["bad", "warn", "warn"]
    settings.CONGVU_SMS = ""
    assert any("CONGVU_SMS" in one.what for one in checkup_data.notices())


def test_the_mail_server_is_tried_without_sending_and_what_is_wrong_is_said(
    settings: Any, tmp_path: Path
) -> None:
    settings.CONGVU_EMAIL = "file"
    assert list(checkup_data.mail()) == []
    context, trusted = made(tmp_path)
    with a_mail_server(tls=context, accounts={"mot-cua": "Dung-mat-khau"}) as server:
        settings.CONGVU_EMAIL, settings.CONGVU_EMAIL_FROM = "smtp", "mot-cua@tinh.example"
        settings.CONGVU_SMTP_HOST, settings.CONGVU_SMTP_PORT = "localhost", server.port
        settings.CONGVU_SMTP_SECURITY, settings.CONGVU_SMTP_CA = "starttls", trusted
        settings.CONGVU_SMTP_USER, settings.CONGVU_SMTP_PASSWORD = "mot-cua", "Dung-mat-khau"
        assert states(checkup_data.mail()) == {"mail": "ok"}
        settings.CONGVU_SMTP_PASSWORD = "Sai-mat-khau"
        (told,) = checkup_data.mail()
        assert told.state == "bad" and "CONGVU_SMTP_PASSWORD" in told.what and "Sai-mat-khau" not in told.what
        settings.CONGVU_SMTP_CA = ""
        assert "CONGVU_SMTP_CA" in next(iter(checkup_data.mail())).what
    assert server.kept == []

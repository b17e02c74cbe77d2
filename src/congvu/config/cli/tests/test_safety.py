"""What `serve` refuses to start with."""

import pytest

from congvu.config.cli.safety import unsafe_environment

GOOD = {
    "CONGVU_SECRET_KEY": "V9o2-fj3Kd0sLq8XwZ7aBt5nYc1uEr4hGm6pTi_QxNvDyJkHbS",
    "CONGVU_HOSTS": "motcua.binhgiang.gov.vn",
    "CONGVU_HTTPS": "1",
    "DATABASE_URL": "postgresql://congvu@/congvu?host=/run/postgresql",
}


def names(environ: dict[str, str]) -> list[str]:
    return [one.name for one in unsafe_environment(environ)]


def test_a_sound_environment_is_let_through() -> None:
    assert names(GOOD) == []


def test_an_empty_environment_is_told_everything_at_once() -> None:
    assert names({}) == ["CONGVU_SECRET_KEY", "CONGVU_HOSTS", "CONGVU_HTTPS", "DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONGVU_SECRET_KEY", "short"),
        ("CONGVU_SECRET_KEY", "a" * 60),
        ("CONGVU_HOSTS", "*"),
        ("CONGVU_HOSTS", "motcua.gov.vn, *.gov.vn"),
        ("CONGVU_HOSTS", " , "),
        ("CONGVU_HTTPS", "0"),
        ("CONGVU_DEMO", "1"),
        ("CONGVU_TESTING", "yes"),
    ],
)
def test_each_unsafe_setting_is_named(name: str, value: str) -> None:
    assert names({**GOOD, name: value}) == [name]


def test_no_https_is_let_through_only_when_said_so() -> None:
    without = {key: value for key, value in GOOD.items() if key != "CONGVU_HTTPS"}
    assert names(without) == ["CONGVU_HTTPS"]
    assert names({**without, "CONGVU_INSECURE_OK": "1"}) == []


def test_the_embedded_database_must_be_chosen() -> None:
    without = {key: value for key, value in GOOD.items() if key != "DATABASE_URL"}
    assert names({**without, "CONGVU_DATABASE": "embedded"}) == []


def test_every_reason_says_what_to_do() -> None:
    assert all(one.what and one.do for one in unsafe_environment({"CONGVU_DEMO": "1", "CONGVU_TESTING": "1"}))

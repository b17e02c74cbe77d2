"""A right link never stands in a log, whatever became of the request."""

import io
import logging
from typing import Any

import pytest
from django.test import Client

TOKEN = "abcdefghijklmnopqrstuv"


@pytest.fixture
def lines() -> Any:
    """What the handler of the settings writes."""
    (handler,) = (one for one in logging.getLogger().handlers if one.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.django_db
def test_a_link_refused_is_not_written_down(lines: io.StringIO, client: Any) -> None:
    client.get(f"/khao-sat/quay-q4/phieu/{TOKEN}/")
    Client(enforce_csrf_checks=True).post(f"/khao-sat/quay-q4/phieu/{TOKEN}/")
    said = lines.getvalue()
    assert TOKEN not in said
    assert said.count("/khao-sat/quay-q4/…") >= 2


def test_other_lines_stay_as_they_are(lines: io.StringIO) -> None:
    logging.getLogger("thu").warning("gặp %s ở %s", 3, "/ho-so/H99/")
    assert "gặp 3 ở /ho-so/H99/" in lines.getvalue()

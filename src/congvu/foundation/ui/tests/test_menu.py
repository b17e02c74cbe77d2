"""The links under "Thêm": under headings when there are many, and none lost."""

import pytest
from django.test import RequestFactory

from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.ui.context import build_shell
from congvu.foundation.ui.navigation import ENTRIES, HEADINGS


@pytest.mark.parametrize("role", [CLERK, SPECIALIST, LEADER, PERSONNEL, AUDITOR, ADMIN])
def test_every_link_of_the_menu_stands_once_under_a_heading(role: str) -> None:
    request = RequestFactory().get("/")
    request.actor = Actor(1, "Một Người", "motnguoi", "", (Held(role, 1),))  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    shell = build_shell(request)
    grouped = [link for _, links in shell.more_groups for link in links]
    assert sorted(link.url for link in grouped) == sorted(link.url for link in shell.more)
    assert [heading for heading, _ in shell.more_groups if heading not in HEADINGS] in ([], [""])


def test_every_entry_names_a_heading_there_is() -> None:
    assert {entry.under for entry in ENTRIES} <= set(HEADINGS)

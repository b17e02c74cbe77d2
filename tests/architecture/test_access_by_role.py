"""Every address of the site, asked as every role: who may come in does, everyone else is turned away at the door."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from congvu.foundation.identity.roles import EVERY_ROLE, PUBLIC, STRANGER

SAMPLES = {"int": "1", "str": "H98.01-261120-0001", "slug": "khong-co", "path": "a/b", "uuid": "0" * 32}


def addresses() -> list[tuple[str, URLPattern]]:
    """Every line of the site map with an address that fits it."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda pair: pair[0])


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, before + str(one.pattern))
        else:
            yield _filled("/" + before + str(one.pattern)), one


def _filled(route: str) -> str:
    for kind, sample in SAMPLES.items():
        while f"<{kind}:" in route:
            begins = route.index(f"<{kind}:")
            route = route[:begins] + sample + route[route.index(">", begins) + 1 :]
    return route


def test_every_line_says_who_may_open_it() -> None:
    found = addresses()
    assert len(found) > 10
    assert [address for address, one in found if not getattr(one.callback, "roles", None)] == []
    names = [one.name for _, one in found]
    assert len(names) == len(set(names)), "two lines share a name"


@pytest.mark.django_db
@pytest.mark.parametrize("role", PUBLIC)
def test_the_door_of_every_address(actors: Any, visit: Any, role: str) -> None:
    client = visit(actors.of(role))
    wrong: list[str] = []
    for address, one in addresses():
        if one.name == "sign-out":
            continue  # asked last of all, below
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            wrong += _complaints(f"{method} {address} as {role}", answer, role, one.callback.roles)
    assert wrong == []


def _complaints(what: str, answer: Any, role: str, allowed: frozenset[str]) -> list[str]:
    if answer.status_code >= 500:
        return [f"{what}: {answer.status_code}"]
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/dang-nhap/")
    if role in allowed:
        turned_away = to_sign_in or (
            answer.status_code == 403 and "không có vai trò" in answer.content.decode()
        )
        return [f"{what}: turned away"] if turned_away else []
    if role == STRANGER:
        return [] if to_sign_in else [f"{what}: {answer.status_code} instead of sign-in"]
    return [] if answer.status_code == 403 else [f"{what}: {answer.status_code} instead of 403"]


def test_the_roles_are_those_of_the_law() -> None:
    assert set(PUBLIC) == {*EVERY_ROLE, STRANGER}

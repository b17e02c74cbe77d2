"""The context processor behind the shell: province, navigation, the reader, the server's time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from congvu.foundation import clock
from congvu.foundation.identity.actor import STRANGER, Actor
from congvu.foundation.identity.roles import OFFICIAL_ROLES, ROLE_WORDS
from congvu.foundation.ui.navigation import ACCOUNT, HEADINGS, MAIN, MORE, Link, links_for

FEW_LINKS = 6
THEME_COOKIE = "cv_theme"
OFFICE_SESSION_KEY = (
    "office"  # (unit id, its name), written at sign-in: no page asks the database for it again
)


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page shows around its content. Building it costs no SQL."""

    province: str
    demo: bool
    actor: Actor
    public: bool
    theme: str
    now: datetime
    links: list[Link]
    search_url: str
    office_words: str

    @property
    def main(self) -> list[Link]:
        """The links of the bar. Few links need no menu behind "Thêm"."""
        few = len(self.links) - len(self.account) <= FEW_LINKS
        return [link for link in self.links if link.place == MAIN or (few and link.place == MORE)]

    @property
    def more(self) -> list[Link]:
        return [link for link in self.links if link.place == MORE and link not in self.main]

    @property
    def more_groups(self) -> list[tuple[str, list[Link]]]:
        """The links of `more` under their headings; few need none."""
        more = self.more
        if len(more) <= FEW_LINKS:
            return [("", more)] if more else []
        groups = ((heading, [link for link in more if link.under == heading]) for heading in HEADINGS)
        return [(heading, links) for heading, links in groups if links]

    @property
    def account(self) -> list[Link]:
        return [link for link in self.links if link.place == ACCOUNT]

    @property
    def more_current(self) -> bool:
        return any(link.current for link in self.more)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`{{ shell }}`: built when a template first asks, so a fragment that shows no shell pays nothing. No SQL."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", STRANGER)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return Shell(
        province=settings.PROVINCE_NAME,
        demo=settings.DEMO,
        actor=actor,
        public=not actor.is_official,
        theme=theme if theme in ("light", "dark") else "",
        now=clock.now(),
        links=links_for(actor, request.path),
        search_url=_url("search") if actor.is_official else "",
        office_words=_office_words(request, actor),
    )


def _office_words(request: HttpRequest, actor: Actor) -> str:
    """ "Chuyên viên · Sở Nội vụ": the first office held, as in the audit log."""
    roles = [one.role for one in actor.held if one.role in OFFICIAL_ROLES] or [one.role for one in actor.held]
    if not roles:
        return ""
    words = ROLE_WORDS[roles[0]]
    session = getattr(request, "session", None)
    kept = session.get(OFFICE_SESSION_KEY) if session is not None else None
    return f"{words} · {kept[1]}" if kept and kept[0] == actor.office_id else words


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

"""What a screen knows of a verb: its words, its form, which action does it; and one press of its button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from congvu.dossiers.web import verb_forms as forms
from congvu.dossiers.web.uploads import Kept
from congvu.foundation.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class Doing:
    """One press of the button: on what, with what, by whom, when."""

    dossier_id: int
    data: Mapping[str, Any]
    file: Kept | None
    key: UUID
    by: Actor
    at: datetime
    code: str = ""  # of the dossier, when it has one

    @property
    def ids(self) -> tuple[int]:
        return (self.dossier_id,)

    @property
    def seen(self) -> dict[int, int] | None:
        version = self.data.get("seen")
        return {self.dossier_id: version} if version is not None else None

    @property
    def how(self) -> dict[str, Any]:
        """What every set verb takes beside its words."""
        return {"by": self.by, "at": self.at, "seen": self.seen}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the trade on a screen. `run` does it or raises Refused; a text it answers is the code to open next."""

    slug: str
    name: str
    label: str
    icon: str
    form: type[forms.VerbForm]
    run: Callable[[Doing], object]
    done: str
    intro: str = ""
    takes_file: bool = False
    to_sign: bool = False  # the file is a paper to be signed: PDF only
    slip: str = ""  # the form to print afterwards
    key: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A verb on the page of a dossier: open, or closed with the reason."""

    verb: Verb
    why: str = ""
    first: bool = field(default=False)

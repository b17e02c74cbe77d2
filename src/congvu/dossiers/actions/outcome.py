"""What a verb answers: which dossiers it was done to, which it was not and why."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Done:
    """The verb was done. `due_on` is the due day after it."""

    dossier_id: int
    code: str | None
    due_on: date | None

    @property
    def words(self) -> str:
        """The answer beside its dossier, in a list of many."""
        return f"hẹn trả {self.due_on:%d/%m/%Y}" if self.due_on else "không hẹn ngày"


@dataclass(frozen=True, slots=True)
class NotDone:
    """The verb was refused for this dossier; nothing of it was written."""

    dossier_id: int
    code: str | None
    refusal: Refused

    @property
    def words(self) -> str:
        """The answer beside its dossier, in a list of many."""
        return self.refusal.told()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line per dossier asked for, in the order asked."""

    done: tuple[Done, ...]
    refused: tuple[NotDone, ...]

    def all(self) -> "Outcome":
        """This outcome when nothing was refused; raises the first refusal, so that a transaction leaves all as it was."""
        if self.refused:
            raise self.refused[0].refusal
        return self

    def only(self) -> Done:
        """The one dossier done; raises its refusal when it was refused."""
        if self.refused:
            raise self.refused[0].refusal
        return self.done[0]

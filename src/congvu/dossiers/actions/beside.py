"""What stands beside the dossiers of a set (opinions asked, money owed), read for a verb to decide on."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from congvu.dossiers.actions.now import DossierNow

T = TypeVar("T")


class Beside(Generic[T]):
    """Rows beside the dossiers `ids`, read in one statement after the door has read the dossiers themselves.

    The door writes nothing when a dossier's version moved after its reading, and every verb moves it: so what is read
    here still holds when the change is written. When the door reads a dossier again, this is read again too.
    """

    def __init__(self, ids: Iterable[int], read: Callable[[list[int]], dict[int, T]], nothing: T) -> None:
        self._ids, self._read, self._nothing = list(ids), read, nothing
        self._found: dict[int, T] | None = None
        self._asked: set[int] = set()

    def of(self, now: DossierNow) -> T:
        """What stands beside `now`. 1 statement the first time a set asks, none for its other dossiers."""
        if self._found is None or now.id in self._asked:
            self._found = self._read(self._ids)
            self._asked.clear()
        self._asked.add(now.id)
        return self._found.get(now.id, self._nothing)

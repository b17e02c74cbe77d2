"""Where this installation's keys and trusted authorities lie: `signing/` below the home, or on tokens.

signing/trust/    roots and intermediates (*.pem, *.crt, *.cer), revocation lists (*.crl)
signing/people/   <account>.p12, and <account>.png: the hand's picture
signing/units/    <unit number>.p12 (+ .png: the seal), and <unit number>.pin when it seals by itself
signing/stamp.p12 the demonstration's own time stamper; a province sets CONGVU_TSA
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from congvu.foundation.signatures.keys import ORGANISATION, PERSON, Credential, from_file, guarded, no_key
from congvu.foundation.signatures.stamping import StampingAuthority
from congvu.foundation.signatures.token import from_token
from congvu.foundation.signatures.trust import Trust, read_trust


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one installation. `driver`: that of the PKCS#11 tokens that hold the keys, people's and organisations';
    `token`: the one that holds all, else each key has a token of its own name."""

    folder: Path
    driver: str = ""
    token: str = ""
    tsa: str = ""
    fetch: bool = False

    def person(self, username: str, secret: str) -> Credential:
        """The key of an account: on the token under its name, else its file. Refuses in words. No statement."""
        path = self.folder / "people" / f"{_plain(username)}.p12"
        if self.driver:
            return from_token(
                self.driver, self.token or username, username, secret, PERSON, path.with_suffix(".png")
            )
        return from_file(path, secret, PERSON)

    def refuse_without_key(self, username: str) -> None:
        """Refuse an account that has no key file, before a secret is asked for. A token is asked only with its secret."""
        path = self.folder / "people" / f"{_plain(username)}.p12"
        if not self.driver and not path.is_file():
            raise no_key(path)

    def has_seal(self, unit_id: int) -> bool:
        """Whether the organisation seals by itself."""
        path = self.folder / "units" / f"{unit_id}.p12"
        return path.with_suffix(".pin").is_file() and bool(self.driver or path.is_file())

    def seal(self, unit_id: int) -> Credential | None:
        """The key of an organisation that seals by itself; None when it has none, or keeps its secret elsewhere."""
        path = self.folder / "units" / f"{unit_id}.p12"
        pin = path.with_suffix(".pin")
        if not self.has_seal(unit_id):
            return None
        guarded(pin)
        secret = pin.read_text(encoding="utf-8").strip()
        if path.is_file():
            return from_file(path, secret, ORGANISATION)
        label = f"unit-{unit_id}"
        return from_token(
            self.driver, self.token or label, label, secret, ORGANISATION, path.with_suffix(".png")
        )

    def stamping(self) -> StampingAuthority:
        """Who stamps the time: the service configured, else the demonstration's own key when it is there."""
        own = self.folder / "stamp.p12"
        if self.tsa or not own.is_file():
            return StampingAuthority(url=self.tsa)
        return StampingAuthority(own=from_file(own, "", PERSON))

    def trust(self) -> Trust:
        """Whom this installation trusts, read anew when a file in the folder changed."""
        folder = self.folder / "trust"
        marks = (
            tuple(sorted((one.name, one.stat().st_mtime_ns) for one in folder.glob("*")))
            if folder.is_dir()
            else ()
        )
        return _trust(folder, marks, self.fetch)


@lru_cache(maxsize=4)
def _trust(folder: Path, marks: tuple[tuple[str, int], ...], fetch: bool) -> Trust:
    return read_trust(folder, fetch=fetch)


def _plain(username: str) -> str:
    """An account's name as a file's: nothing that leads elsewhere."""
    return (
        "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in username).lstrip(".")
        or "_"
    )


def key_ring() -> KeyRing:
    """The keys of this installation, from its settings."""
    return KeyRing(
        Path(settings.CONGVU_SIGNING),
        settings.CONGVU_PKCS11,
        settings.CONGVU_PKCS11_TOKEN,
        settings.CONGVU_TSA,
        settings.CONGVU_FETCH_REVOCATION,
    )

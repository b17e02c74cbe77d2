"""Keys on PKCS#11 tokens. A token asks for its PIN once and then stands open to the whole process: so each press proves
its own PIN here, shares an open token only with those who proved the same one, and the last to leave closes it."""

import hmac
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pkcs11
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.keys import Credential

_BUSY = 30.0  # seconds a press waits for a token that someone with another PIN holds open
_turn = threading.Condition()
_open: dict[tuple[str, str], "_Open"] = {}


@dataclass
class _Open:
    session: pkcs11.Session
    proof: bytes
    users: int = 0


def from_token(library: str, token: str, label: str, pin: str, role: str, picture: Path) -> Credential:
    """The key labelled `label` on the token named `token`, by the driver at path `library`; `picture` when it exists.

    The token is left when the credential is dropped. Refuses: no driver, no token, a wrong PIN, no such key or
    certificate, a token in use by someone with another PIN.
    """
    try:
        session = _enter(library, token, pin)
        try:
            signer = PKCS11Signer(session, cert_label=label, key_label=label)
            signer.signing_cert  # noqa: B018 read now, so that what is missing is seen before the first paper
            session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
        except BaseException:
            _leave(library, token)
            raise
    except (pkcs11.PKCS11Error, OSError, ValueError, RuntimeError) as wrong:
        raise Refused(
            "Không mở được khóa trên thiết bị ký số.",
            where=label,
            do="Kiểm tra mã PIN, thiết bị và tên khóa; quản trị viên xem CONGVU_PKCS11.",
        ) from wrong
    weakref.finalize(signer, _leave, library, token)
    return Credential(signer, role, picture.read_bytes() if picture.is_file() else None)


def _enter(library: str, token: str, pin: str) -> pkcs11.Session:
    proof = sha256(pin.encode()).digest()
    with _turn:
        while (held := _open.get((library, token))) and not hmac.compare_digest(held.proof, proof):
            if not _turn.wait(_BUSY):
                raise Refused(
                    "Thiết bị ký số đang bận.", where=token, do="Chờ lượt ký trước xong rồi ký lại."
                )
        if held is None:
            session = open_pkcs11_session(library, token_criteria=TokenCriteria(label=token), user_pin=pin)
            held = _open[library, token] = _Open(session, proof)
        held.users += 1
        return held.session


def _leave(library: str, token: str) -> None:
    with _turn:
        held = _open[library, token]
        held.users -= 1
        if held.users:
            return
        del _open[library, token]
        _turn.notify_all()
        with suppress(pkcs11.PKCS11Error):  # pulled out meanwhile: nothing is open any more
            held.session.close()

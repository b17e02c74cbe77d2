"""The keys one signs with: PKCS#12 files below the home; for tokens see `token`. A secret is typed, used, and forgotten."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.sign.signers import Signer, SimpleSigner

from congvu.foundation.refusal import Refused

_HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class QuickSigner(SimpleSigner):
    """The library's signer, but the private key is read and checked once, not for every paper (60 ms each)."""

    _read: rsa.RSAPrivateKey | None = None

    def rsa(self) -> rsa.RSAPrivateKey:
        """The key. Raises TypeError when it is of another kind."""
        if self._read is None:
            read = load_der_private_key(self.signing_key.dump(), None)
            if not isinstance(read, rsa.RSAPrivateKey):
                raise TypeError("not an RSA key")
            self._read = read
        return self._read

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        if mechanism != "rsassa_pkcs1v15" or digest_algorithm not in _HASHES:
            raw: bytes = super().sign_raw(data, digest_algorithm)
            return raw
        return self.rsa().sign(data, PKCS1v15(), _HASHES[digest_algorithm]())


logging.getLogger("pyhanko.sign.signers.pdf_cms").setLevel(logging.CRITICAL)  # a mistyped secret is no fault
PERSON, ORGANISATION = "person", "organisation"
MOST_OPEN = 0o600  # a key file others may read is refused


@dataclass(frozen=True, slots=True)
class Credential:
    """A key ready to sign: whose, by whom certified, until when; `image`: the picture of the hand or the seal."""

    signer: Signer
    role: str
    image: bytes | None = None

    @property
    def certificate(self) -> x509.Certificate:
        found = self.signer.signing_cert
        if found is None:
            raise ValueError("a credential without a certificate")
        return found

    @property
    def name(self) -> str:
        return subject_name(self.certificate)

    @property
    def organisation(self) -> str:
        return subject_part(self.certificate, "organization_name")

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"

    @property
    def issuer(self) -> str:
        return issuer_name(self.certificate)

    @property
    def until(self) -> datetime:
        found: datetime = self.certificate.not_valid_after
        return found


def subject_name(certificate: x509.Certificate) -> str:
    """Who a certificate names: its common name, else the whole subject."""
    return subject_part(certificate, "common_name") or str(certificate.subject.human_friendly)


def issuer_name(certificate: x509.Certificate) -> str:
    """Who issued a certificate."""
    return str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly)


def subject_part(certificate: x509.Certificate, part: str) -> str:
    """A part of the subject ("organization_name"); "" when absent; several are joined."""
    found: Any = certificate.subject.native.get(part, "")
    return found if isinstance(found, str) else ", ".join(map(str, found))


def guarded(path: Path) -> None:
    """Refuse a key file, or the file of a secret, that others on this machine can read."""
    if path.stat().st_mode & 0o077:
        raise Refused(
            "Tệp khóa để người khác đọc được, nên không dùng.",
            where=path.name,
            do=f"Đặt quyền {MOST_OPEN:o} cho tệp.",
        )


def no_key(path: Path) -> Refused:
    """Why nobody signs with the key of this file: there is none."""
    return Refused(
        "Chưa có khóa ký số cho tài khoản hoặc cơ quan này.",
        where=path.stem,
        do="Đề nghị quản trị viên đặt tệp PKCS#12, hoặc cấu hình thiết bị PKCS#11.",
    )


def from_file(path: Path, secret: str, role: str) -> Credential:
    """The key in a PKCS#12 file; the picture beside it (`.png`) when there is one.

    Refuses: no such file, a file others can read, a wrong secret or a broken file (told alike: the file says no more).
    """
    if not path.is_file():
        raise no_key(path)
    guarded(path)
    read = SimpleSigner.load_pkcs12(str(path), passphrase=secret.encode())
    if read is None or read.signing_cert is None:
        raise Refused(
            "Mật khẩu khóa ký không đúng, hoặc tệp khóa hỏng.", where="secret", do="Nhập lại mật khẩu khóa."
        )
    signer = QuickSigner(read.signing_cert, read.signing_key, read.cert_registry)
    picture = path.with_suffix(".png")
    return Credential(signer, role, picture.read_bytes() if picture.is_file() else None)

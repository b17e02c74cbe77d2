"""Whom we trust: root certificates, intermediate ones and revocation lists in a folder an administrator keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import ValidationContext

from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Trust:
    """Trusted roots, other known certificates, revocation lists (DER). `fetch`: ask the issuer on the network."""

    roots: tuple[x509.Certificate, ...] = ()
    others: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    fetch: bool = False
    taken_back: Mapping[tuple[bytes, int], datetime] = field(
        default_factory=dict
    )  # (issuer, serial) -> since when

    def revoked(self, certificate: x509.Certificate) -> datetime | None:
        """Since when our own lists say a certificate is revoked, whether or not it names a list; None: they do not."""
        return self.taken_back.get((certificate.issuer.hashable.encode(), certificate.serial_number))

    def context(
        self,
        at: datetime,
        *,
        more: Iterable[x509.Certificate] = (),
        crls: Iterable[bytes] = (),
        past: bool = False,
    ) -> ValidationContext:
        """How a certificate is judged at a moment. `past`: what was learnt of revocation later counts too, and nothing is
        asked on the network: a stranger's file must not name the addresses we call. Close what it opened (`aclose`).
        """
        return ValidationContext(
            trust_roots=self.roots, other_certs=[*self.others, *more], crls=[*self.crls, *crls], moment=at,
            allow_fetching=self.fetch and not past, revocation_mode="soft-fail", retroactive_revinfo=past,
        )  # fmt: skip


def read_trust(folder: Path, *, fetch: bool = False) -> Trust:
    """What lies in `folder`: `*.pem`, `*.crt`, `*.cer` certificates, `*.crl` lists, PEM or DER. No statement.

    A self-issued certificate is a root. A missing folder trusts nobody. Refuses a file that cannot be read.
    """
    roots: list[x509.Certificate] = []
    others: list[x509.Certificate] = []
    lists: list[bytes] = []
    taken_back: dict[tuple[bytes, int], datetime] = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        try:
            if path.suffix in (".pem", ".crt", ".cer"):
                for der in _ders(path):
                    certificate = x509.Certificate.load(der)
                    (roots if certificate.self_issued else others).append(certificate)
            elif path.suffix == ".crl":
                for der in _ders(path):
                    taken_back |= _taken_back(crl.CertificateList.load(der)["tbs_cert_list"])
                    lists.append(der)
        except (ValueError, TypeError) as wrong:
            raise Refused(
                "Tệp chứng thư hoặc danh sách thu hồi không đọc được.",
                where=path.name,
                do="Thay bằng tệp PEM hoặc DER đúng của cơ quan chứng thực.",
            ) from wrong
    return Trust(tuple(roots), tuple(others), tuple(lists), fetch, taken_back)


def _taken_back(told: crl.TbsCertList) -> dict[tuple[bytes, int], datetime]:
    issuer = told["issuer"].hashable.encode()
    return {
        (issuer, one["user_certificate"].native): one["revocation_date"].native
        for one in told["revoked_certificates"]
    }


def _ders(path: Path) -> list[bytes]:
    content = path.read_bytes()
    if pem.detect(content):
        return [der for _, _, der in pem.unarmor(content, multiple=True)]
    return [content]

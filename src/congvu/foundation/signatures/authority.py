"""A certificate authority of our own, for the demonstration and the tests only: its word is worth nothing outside.

Makes a root, a time stamper, keys of people and of organisations, and the list of those revoked.
"""

import os
import warnings
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_BITS = 2048
_NON_REPUDIATION, _CERTIFY = (
    {"digital_signature": True, "content_commitment": True},
    {"key_cert_sign": True, "crl_sign": True},
)
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass
class Authority:
    """A root and what it has issued. Times are given: the demonstration's clock is not the machine's."""

    name: str
    valid_from: datetime
    valid_to: datetime
    key: rsa.RSAPrivateKey = field(init=False, repr=False)
    certificate: x509.Certificate = field(init=False, repr=False)
    revoked: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(65537, _BITS)
        name = _name(self.name, "")
        builder = _builder(name, name, self.key.public_key(), self.valid_from, self.valid_to)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(_CERTIFY), critical=True)
        self.certificate = builder.sign(self.key, hashes.SHA256())

    def issue(
        self,
        name: str,
        organisation: str = "",
        *,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
        stamps_time: bool = False,
        key: rsa.RSAPrivateKey | None = None,
        list_at: str = "",
    ) -> "Issued":
        """A key (made now, or the one given) and its certificate: to sign papers, or to stamp the time.

        `list_at`: the address of the authority's revocation list, written into the certificate.
        """
        key = key or rsa.generate_private_key(65537, _BITS)
        builder = _builder(
            _name(name, organisation), self.certificate.subject, key.public_key(),
            valid_from or self.valid_from, valid_to or self.valid_to,
        )  # fmt: skip
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(_NON_REPUDIATION), critical=True)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
        )
        if stamps_time:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        if list_at:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(list_at)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return Issued(key, builder.sign(self.key, hashes.SHA256()), self.certificate)

    def revoke(self, issued: "Issued", at: datetime) -> None:
        """Take a certificate back from a moment on."""
        self.revoked[issued.certificate.serial_number] = at

    def crl(self, at: datetime) -> bytes:
        """The list of those revoked, as of `at`, good until the authority itself ends. DER."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(at).next_update(self.valid_to)
        for serial, moment in self.revoked.items():
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(one)
        builder = builder.add_extension(x509.CRLNumber(1 + len(self.revoked)), critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def pem(self) -> bytes:
        """The root's certificate."""
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Issued:
    """A key with its certificate and the root's."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    def save(self, path: Path, secret: str) -> Path:
        """The key as a PKCS#12 file that only this account may read (0600)."""
        how = BestAvailableEncryption(secret.encode()) if secret else NoEncryption()
        content = pkcs12.serialize_key_and_certificates(
            b"congvu", self.key, self.certificate, [self.root], how
        )
        write_secret(path, content)
        return path


def write_secret(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 under its final name at once; its folder is 0700."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    fresh.replace(path)


def _name(common: str, organisation: str) -> x509.Name:
    """Names of 64 letters at most (X.520). The library counts bytes, which would cut Vietnamese names in two."""
    wanted = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.COMMON_NAME, common),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x509.Name(
            [x509.NameAttribute(oid, text[:64], _validate=False) for oid, text in wanted if text]
        )


def _builder(
    subject: x509.Name, issuer: x509.Name, public: rsa.RSAPublicKey, valid_from: datetime, valid_to: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(on: dict[str, bool]) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: on.get(name, False) for name in _USAGES})

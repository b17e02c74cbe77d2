"""A certificate for the loopback, made by an authority of its own, as in a closed network."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


def made(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, str]:
    """The server's side, and the file with the authority that a client has to trust."""
    key, root_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed(
        "Tổ chức cấp chứng thư thử", root_key, "Tổ chức cấp chứng thư thử", root_key, authority=True
    )
    own = _signed(name, key, "Tổ chức cấp chứng thư thử", root_key, authority=False)
    pair, trusted = folder / "pair.pem", folder / "root.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pair.write_bytes(private + own.public_bytes(serialization.Encoding.PEM))
    trusted.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return context, str(trusted)


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: str,
    by_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    def called(said: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)])

    builder = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called(by))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(FIRST).not_valid_after(LAST)
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(by_key, hashes.SHA256())

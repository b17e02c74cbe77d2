"""Keys that never leave their token: the same signatures through PKCS#11, tried on SoftHSM, a token in software."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from congvu.foundation.refusal import Refused
from congvu.foundation.signatures import token
from congvu.foundation.signatures.authority import Authority, Issued
from congvu.foundation.signatures.keys import ORGANISATION, Credential
from congvu.foundation.signatures.ring import KeyRing
from congvu.foundation.signatures.sign import Order, sign_set
from congvu.foundation.signatures.verify import verify

DRIVERS = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
DRIVER = next((one for one in DRIVERS if Path(one).is_file()), "")
PIN, TOKEN = "2468-kho", "tinh"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not (DRIVER and shutil.which("softhsm2-util")), reason="SoftHSM (Debian's softhsm2) is not installed"
)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("CA thử nghiệm", SINCE, UNTIL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Path]:
    """An installation's signing folder, and a token with the keys of two officials and of unit 41."""
    home = tmp_path_factory.mktemp("token")
    (home / "kho").mkdir()
    (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'kho'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(home / "softhsm2.conf"))
        tool("--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "1357")
        for number, (label, name) in enumerate(
            (("an.nv", "Nguyễn Văn An"), ("binh.tt", "Trần Thị Bình"), ("unit-41", "Sở Nội vụ"))
        ):
            put(home, f"{number + 1:02x}", label, authority.issue(name, "Tỉnh Bình Giang"))
        trust = home / "trust"
        trust.mkdir()
        (trust / "goc.pem").write_bytes(authority.pem())
        (trust / "thu-hoi.crl").write_bytes(authority.crl(datetime(2026, 11, 1, tzinfo=UTC)))
        (home / "units").mkdir()
        pin = home / "units" / "41.pin"
        pin.write_text(PIN)
        pin.chmod(0o600)
        authority.issue("Dấu thời gian", stamps_time=True).save(home / "stamp.p12", "")
        yield home


def tool(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, timeout=60)


def put(home: Path, number: str, label: str, issued: Issued) -> None:
    """The key into the token by its own tool, the certificate through PKCS#11 as an office's provider does."""
    import pkcs11

    pem = home / "khoa.pem"
    pem.write_bytes(
        issued.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    tool("--import", str(pem), "--token", TOKEN, "--label", label, "--id", number, "--pin", PIN)
    pem.unlink()
    der = issued.certificate.public_bytes(serialization.Encoding.DER)
    token = pkcs11.lib(DRIVER).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN, rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: label,
                pkcs11.Attribute.ID: bytes.fromhex(number),
                pkcs11.Attribute.SUBJECT: issued.certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: der,
            }
        )


@pytest.fixture
def ring(folder: Path) -> KeyRing:
    return KeyRing(folder, driver=DRIVER, token=TOKEN)


@pytest.fixture(scope="module")
def paper() -> bytes:
    from congvu.foundation.papers.pdf import render

    return render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận cho Hội Làm vườn hoạt động."})


def signed(ring: KeyRing, paper: bytes, *keys: Credential) -> list[str]:
    """Who signed, as a verifier reads it from the file."""
    (made,) = sign_set([paper], Order(keys, ring.trust(), ring.stamping(), NOW))
    assert isinstance(made, bytes)
    found = verify(made, ring.trust(), at=NOW)
    assert found.valid
    return [signer.name for signer in found.signers]


def test_officials_sign_one_after_the_other_with_keys_of_one_token(ring: KeyRing, paper: bytes) -> None:
    assert signed(ring, paper, ring.person("an.nv", PIN)) == ["Nguyễn Văn An"]
    assert signed(ring, paper, ring.person("binh.tt", PIN)) == ["Trần Thị Bình"]
    assert signed(ring, paper, ring.person("an.nv", PIN)) == ["Nguyễn Văn An"]


def test_a_person_and_the_organisation_sign_in_one_press(ring: KeyRing, paper: bytes) -> None:
    seal = ring.seal(41)
    assert seal is not None and seal.role == ORGANISATION
    assert signed(ring, paper, ring.person("an.nv", PIN), seal) == ["Nguyễn Văn An", "Sở Nội vụ"]


def test_a_wrong_pin_opens_nothing_even_after_a_right_one(ring: KeyRing, paper: bytes) -> None:
    assert signed(ring, paper, ring.person("an.nv", PIN))
    with pytest.raises(Refused, match="thiết bị ký số"):
        ring.person("an.nv", "0000-sai")
    assert signed(ring, paper, ring.person("an.nv", PIN))


def test_while_a_token_is_open_another_pin_waits_and_is_told(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token, "_BUSY", 0.01)
    held = ring.person("an.nv", PIN)
    with pytest.raises(Refused, match="đang bận"):
        ring.person("binh.tt", "0000-sai")
    assert held.name == "Nguyễn Văn An"


def test_a_key_or_a_driver_that_is_not_there_is_refused_and_leaves_the_token_closed(ring: KeyRing) -> None:
    with pytest.raises(Refused) as wrong:
        ring.person("khong.co", PIN)
    assert wrong.value.where == "khong.co"
    assert not token._open
    with pytest.raises(Refused, match="thiết bị ký số"):
        KeyRing(ring.folder, driver="/khong/co.so").person("an.nv", PIN)


def test_a_secret_others_can_read_is_not_used(ring: KeyRing) -> None:
    pin = ring.folder / "units" / "41.pin"
    pin.chmod(0o644)
    try:
        with pytest.raises(Refused, match="người khác đọc"):
            ring.seal(41)
    finally:
        pin.chmod(0o600)

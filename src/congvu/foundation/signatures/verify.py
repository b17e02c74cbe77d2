"""Is this PDF signed, by whom, when, and unchanged since? One answer for a screen, a command and a program."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SignedDataCerts, UnacceptableSignerError
from pyhanko.sign.validation import DocumentSecurityStore, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from congvu.foundation.clock import legal
from congvu.foundation.signatures.aside import run
from congvu.foundation.signatures.keys import issuer_name, subject_name, subject_part
from congvu.foundation.signatures.trust import Trust

_TAIL = 64 * 1024  # bytes in which a PDF must say its end; readers look in the last 1,024


class Finding(StrEnum):
    """What was found, the worst first."""

    BROKEN = "broken"
    TAMPERED = "tampered"
    REVOKED = "revoked"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    VALID = "valid"


WORDS = {
    Finding.BROKEN: "Không đọc được tệp này như một PDF.",
    Finding.TAMPERED: "Nội dung đã bị thay đổi sau khi ký.",
    Finding.REVOKED: "Chứng thư số của người ký đã bị thu hồi trước lúc ký.",
    Finding.FOREIGN: "Chữ ký không do cơ quan chứng thực được tin cậy cấp.",
    Finding.EXPIRED: "Chứng thư số của người ký không còn hiệu lực lúc ký, hoặc không có dấu thời gian chứng minh lúc ký.",
    Finding.UNSIGNED: "Tệp không có chữ ký số.",
    Finding.VALID: "Chữ ký hợp lệ, nội dung không thay đổi từ khi ký.",
}
SHORT = {
    Finding.BROKEN: "Không phải PDF",
    Finding.TAMPERED: "Đã bị thay đổi",
    Finding.REVOKED: "Chứng thư bị thu hồi",
    Finding.FOREIGN: "Không rõ nơi cấp",
    Finding.EXPIRED: "Chứng thư hết hiệu lực",
    Finding.UNSIGNED: "Chưa ký số",
    Finding.VALID: "Hợp lệ",
}
_ALLOWED = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature of the file. `signed_at`: proven by the time stamp when `stamped`, else only said by the signer."""

    name: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    stamped: bool
    finding: Finding
    changed_after: bool
    capacity: str = ""  # as whom, by the signature's own reason

    @property
    def words(self) -> str:
        return WORDS[self.finding]

    @property
    def short(self) -> str:
        return SHORT[self.finding]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for a file. `changed_after`: something other than further signatures was added after a signature."""

    finding: Finding
    signers: tuple[Signer, ...] = ()
    changed_after: bool = False

    @property
    def valid(self) -> bool:
        return self.finding == Finding.VALID

    @property
    def words(self) -> str:
        return WORDS[self.finding]

    @property
    def short(self) -> str:
        return SHORT[self.finding]


def verify(content: bytes, trust: Trust, *, at: datetime) -> Verdict:
    """Judge a file as of `at`. Never raises for what is in the file: a broken one is a finding. No statement.

    A certificate is judged at the moment the time stamp proves; without a trusted stamp, at `at`.
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-_TAIL:]:
        return Verdict(Finding.BROKEN)  # the library would look for the end backwards: minutes for 300 MB
    try:
        return run(_verdict(content, trust, at))
    except (
        PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        NotImplementedError,
    ):
        return Verdict(Finding.BROKEN)


def serials(content: bytes) -> set[str]:
    """The serial numbers (hexadecimal) of the certificates that signed a file; empty for anything else. No statement."""
    try:
        found = PdfFileReader(BytesIO(content), strict=False).embedded_regular_signatures
        return {f"{one.signer_cert.serial_number:x}" for one in found}
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return set()


async def _verdict(content: bytes, trust: Trust, at: datetime) -> Verdict:
    reader = PdfFileReader(BytesIO(content), strict=False)
    int(reader.root["/Pages"]["/Count"])  # a file without pages is no paper
    kept = _kept(reader)
    found = [
        replace(await _signer(one, trust, at, kept), capacity=_capacity(one))
        for one in reader.embedded_regular_signatures
    ]
    if not found:
        return Verdict(Finding.UNSIGNED)
    worst = min((one.finding for one in found), key=list(Finding).index)
    return Verdict(worst, tuple(found), any(one.changed_after for one in found))


def _capacity(one: EmbeddedPdfSignature) -> str:
    return str(one.sig_object.get("/Reason", ""))[:300]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the file itself carries for its verifiers: certificates and revocation lists."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()


def _kept(reader: PdfFileReader) -> _Kept:
    if "/DSS" not in reader.root:
        return _Kept()
    store = DocumentSecurityStore.read_dss(reader)
    lists = tuple(bytes(one.get_object().data) for one in store.crls)
    return _Kept(tuple(store.load_certs()), lists)


async def _signer(one: EmbeddedPdfSignature, trust: Trust, at: datetime, kept: _Kept) -> Signer:
    known = _known(one, kept)
    certificate = one.signer_cert
    context = trust.context(at, more=known, crls=kept.crls, past=True)
    try:
        status = await async_validate_pdf_signature(one, context, context)
    except (SignatureValidationError, UnacceptableSignerError):
        return _told(certificate, one.self_reported_timestamp, False, Finding.TAMPERED, True)
    stamp = status.timestamp_validity
    whole = stamp is not None and stamp.valid and stamp.intact
    trusted = stamp is not None and whole and await _stamp_trusted(stamp, trust, known, kept)
    moment = stamp.timestamp if stamp is not None and trusted else one.self_reported_timestamp
    changed = _changed(status)
    if not (status.intact and status.valid) or changed:
        return _told(certificate, moment, trusted, Finding.TAMPERED, True)
    finding = await _chain(certificate, trust, moment if trusted and moment else at, known, kept)
    return _told(certificate, moment, trusted, finding, False)


def _known(one: EmbeddedPdfSignature, kept: _Kept) -> list[x509.Certificate]:
    inside: SignedDataCerts = one._init_cert_info()
    return [*kept.certificates, *inside.other_certs]


def _changed(status: PdfSignatureStatus) -> bool:
    """Whether anything but further signatures and what proves them was added after this one."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return False
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return True
    return status.modification_level not in _ALLOWED or status.docmdp_ok is False


async def _stamp_trusted(
    stamp: TimestampSignatureStatus, trust: Trust, known: Iterable[x509.Certificate], kept: _Kept
) -> bool:
    """Whether who stamped the time was good, at that time, for stamping times."""
    context = trust.context(stamp.timestamp, more=[*known], crls=kept.crls, past=True)
    try:
        await CertificateValidator(stamp.signing_cert, validation_context=context).async_validate_usage(
            set(), extended_key_usage={"time_stamping"}
        )
    except (PathBuildingError, ValidationError):
        return False
    return True


async def _chain(
    certificate: x509.Certificate,
    trust: Trust,
    moment: datetime,
    known: Iterable[x509.Certificate],
    kept: _Kept,
) -> Finding:
    context = trust.context(moment, more=known, crls=kept.crls, past=True)
    since = trust.revoked(certificate)
    if since is not None and since <= moment:
        return Finding.REVOKED
    try:
        await CertificateValidator(certificate, validation_context=context).async_validate_usage(set())
    except (ExpiredError, NotYetValidError):
        return Finding.EXPIRED
    except RevokedError:
        return Finding.REVOKED
    except (PathBuildingError, ValidationError):
        return Finding.FOREIGN
    return Finding.VALID


def _told(
    certificate: x509.Certificate, moment: datetime | None, stamped: bool, finding: Finding, changed: bool
) -> Signer:
    return Signer(
        subject_name(certificate), subject_part(certificate, "organization_name"), issuer_name(certificate),
        f"{certificate.serial_number:x}", legal(moment) if moment else None, stamped, finding, changed,
    )  # fmt: skip

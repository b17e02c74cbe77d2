"""Signing a PDF: PAdES with a time stamp and what a verifier will need for years (B-LT)."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)

from congvu.foundation.clock import legal
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.aside import run
from congvu.foundation.signatures.keys import ORGANISATION, PERSON, Credential
from congvu.foundation.signatures.stamp import BOXES, Box, stamp
from congvu.foundation.signatures.stamping import StampingAuthority
from congvu.foundation.signatures.trust import Trust

# It warns of every paper that revocation lists are not fetched; ours lie in the trust folder.
logging.getLogger("pyhanko.sign").setLevel(logging.ERROR)
_FIELDS = {"person": "ChuKyCaNhan", "organisation": "ChuKyCoQuan"}


class _Signer(PdfSigner):
    """Signs at the moment given, not at the machine's."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session: PdfSigningSession = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


def check(credential: Credential, trust: Trust, at: datetime) -> None:
    """Refuse a certificate that is expired, not yet valid, revoked, or of an authority we do not trust. No statement."""
    certificate = credential.certificate
    since = trust.revoked(certificate)
    if since is not None and since <= at:
        raise _not_with(credential, f"Chứng thư số đã bị thu hồi ngày {legal(since):%d/%m/%Y}.")
    try:
        run(_good(credential, trust, at))
    except (PathBuildingError, ValidationError) as wrong:
        raise _not_with(credential, refusal_words(wrong)) from wrong


async def _good(credential: Credential, trust: Trust, at: datetime) -> None:
    async with aclosing(trust.context(at, more=credential.signer.cert_registry)) as context:
        validator = CertificateValidator(credential.certificate, validation_context=context)
        await validator.async_validate_usage(set())


def _not_with(credential: Credential, why: str) -> Refused:
    return Refused(
        f"{why} Không ký số được.",
        where=credential.name,
        do="Đề nghị cơ quan chứng thực cấp hoặc gia hạn chứng thư số.",
    )


def refusal_words(wrong: Exception) -> str:
    """Why a certificate is not accepted, in a sentence."""
    if isinstance(wrong, ExpiredError):
        return f"Chứng thư số hết hạn từ {legal(wrong.expired_dt):%d/%m/%Y}."
    if isinstance(wrong, NotYetValidError):
        return f"Chứng thư số chỉ có hiệu lực từ {legal(wrong.valid_from):%d/%m/%Y}."
    if isinstance(wrong, RevokedError):
        return f"Chứng thư số đã bị thu hồi ngày {legal(wrong.revocation_dt):%d/%m/%Y}."
    if isinstance(wrong, PathBuildingError | PathValidationError):
        return "Chứng thư số không do cơ quan chứng thực được tin cậy cấp."
    return "Chứng thư số không hợp lệ."


def sign(
    content: bytes,
    credential: Credential,
    *,
    trust: Trust,
    stamping: StampingAuthority,
    at: datetime,
    box: Box | None = None,
    reason: str = "",
) -> bytes:
    """`content` with one more signature, visible on its last page. What was signed before stays valid. No statement.

    PAdES baseline B-LT: time stamp, certificates and revocation lists go into the file. Refuses a certificate that is
    not good at `at`, a paper that is no PDF or is locked, a time stamp that does not come.
    """
    order = Order((credential,), trust, stamping, at, reason, {credential.role: box} if box else {})
    made = sign_set([content], order)[0]
    if isinstance(made, Refused):
        raise made
    return made


@dataclass(frozen=True, slots=True)
class Order:
    """How a set is signed: by which keys, one after the other, and at which moment."""

    credentials: tuple[Credential, ...]
    trust: Trust
    stamping: StampingAuthority
    at: datetime
    reason: str = ""
    boxes: Mapping[str, Box] = field(default_factory=dict)


def sign_set(papers: Sequence[bytes], order: Order) -> list[bytes | Refused]:
    """Each paper signed by every key of the order, or why it was not; the others go on. No statement.

    Raises Refused when a key of the order may sign nothing at all.
    """
    for credential in order.credentials:
        check(credential, order.trust, order.at)
    return run(_signed_all(papers, order))


async def _signed_all(papers: Sequence[bytes], order: Order) -> list[bytes | Refused]:
    async with order.stamping.clock(order.at) as tsa:
        return [await _one(paper, order, tsa) for paper in papers]


async def _one(content: bytes, order: Order, tsa: TimeStamper) -> bytes | Refused:
    try:
        for credential in order.credentials:
            content = await _signed(content, credential, order, tsa)
    except Refused as why:
        return why
    except TimestampRequestError:
        return Refused("Dịch vụ dấu thời gian không trả lời.", do="Chờ vài phút rồi ký lại.")
    except SigningError as wrong:
        return Refused(f"Không ký số được: {wrong}", do="Báo quản trị viên kèm câu này.")
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Refused(
            "Tệp không phải PDF đọc được, hoặc đã khóa, nên không ký được.", do="Xuất lại tệp PDF rồi ký."
        )
    return content


async def _signed(content: bytes, credential: Credential, order: Order, tsa: TimeStamper) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    if credential.role == ORGANISATION and not writer.prev.embedded_signatures:
        raise Refused(
            "Văn bản chưa có chữ ký số của người có thẩm quyền, nên chưa ký số cơ quan.",
            do="Trình người có thẩm quyền ký trước.",
            article="NĐ 30/2020, Điều 5, Điều 13.7",
        )
    pages = int(writer.root["/Pages"]["/Count"])
    name = f"{_FIELDS[credential.role]}{len(writer.prev.embedded_signatures) + 1}"
    box = order.boxes.get(credential.role) or BOXES[credential.role]
    reason = (order.reason or None) if credential.role == PERSON else None
    more = [*credential.signer.cert_registry, *order.stamping.certificates]
    async with aclosing(order.trust.context(order.at, more=more)) as context:
        with stamp(credential, box, order.at) as style:
            signer = _Signer(
                PdfSignatureMetadata(
                    field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
                    reason=reason, name=credential.name, embed_validation_info=True,
                    signer_key_usage={"non_repudiation"}, validation_context=context,
                    dss_settings=DSSContentSettings(
                        include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
                    ),
                ),
                credential.signer,
                timestamper=tsa,
                stamp_style=style,
                new_field_spec=SigFieldSpec(name, on_page=pages - 1, box=box),
            )  # fmt: skip
            signer.moment = order.at
            out: BytesIO = await signer.async_sign_pdf(writer, output=BytesIO())
    return out.getvalue()

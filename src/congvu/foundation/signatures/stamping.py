"""Who tells the time of a signature: a service on the network (RFC 3161), or a key of our own for the demonstration."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from asn1crypto import cms, core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import AIOHttpTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.keys import Credential, QuickSigner

_PATIENCE = 10  # seconds a time stamp may take


@dataclass(frozen=True, slots=True)
class StampingAuthority:
    """`url` of the service, or `own` key. The own key is the demonstration's: the time is then only what we say."""

    url: str = ""
    own: Credential | None = None

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """What a verifier needs to know of our own stamper."""
        return tuple(self.own.signer.cert_registry) if self.own is not None else ()

    @asynccontextmanager
    async def clock(self, moment: datetime) -> AsyncIterator[TimeStamper]:
        """The client that stamps, for one set. Refuses when none is configured: a signature without a proven time
        is worth little once its certificate has ended."""
        if self.own is not None:
            yield _OwnStamper(self.own, moment)
        elif self.url:
            async with aiohttp.ClientSession() as session:
                yield AIOHttpTimeStamper(
                    self.url, session, https=self.url.startswith("https:"), timeout=_PATIENCE
                )
        else:
            raise Refused(
                "Chưa cấu hình dịch vụ cấp dấu thời gian, nên chưa ký số được.",
                do="Quản trị viên đặt CONGVU_TSA thành địa chỉ dịch vụ.",
            )


class _OwnStamper(DummyTimeStamper):
    """The library's stamper without reading the private key anew for every stamp (60 ms each)."""

    def __init__(self, own: Credential, moment: datetime) -> None:
        signer = own.signer
        if not isinstance(signer, QuickSigner):
            raise TypeError("the own stamper needs a key in a file")
        self._signer = signer
        super().__init__(signer.signing_cert, signer.signing_key, signer.cert_registry, fixed_dt=moment)

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute("signing_certificate", as_signing_certificate(self.tsa_cert)),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return self._signer.rsa().sign(attributes.dump(), PKCS1v15(), hashes.SHA256()), attributes


__all__ = ["StampingAuthority"]

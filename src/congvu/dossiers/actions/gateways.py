"""The gateways a citizen may pay through. One is in use; which, and its keys, is a setting of the province."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.urls import reverse

from congvu.dossiers.models import OnlinePayment
from congvu.dossiers.rules.payment_report import Told, read_report
from congvu.dossiers.rules.vietqr import vietqr
from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class WayToPay:
    """Where a started payment goes on: a page of the gateway, or a code to scan and what to type by hand."""

    redirect: str = ""
    qr: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class PaymentGateway(Protocol):
    """What a gateway must do: begin a payment, and say what a report of it means."""

    @property
    def name(self) -> str:
        """How reports and ledger entries name it."""
        ...

    def start(self, payment: OnlinePayment) -> WayToPay:
        """How the citizen goes on. No statement."""
        ...

    def read(self, body: bytes, moment: str, signature: str, *, now: int) -> Told:
        """The report in a callback, once its sender is proved. Raises Refused."""
        ...


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer to the province's account by VietQR; the bank reports credits to the callback, and in its day file."""

    bank_bin: str
    account: str
    holder: str
    secret: str
    name: str = "vietqr"

    def start(self, payment: OnlinePayment) -> WayToPay:
        """A code of the very amount, with our reference as the content."""
        code = vietqr(self.bank_bin, self.account, payment.amount, payment.reference)
        return WayToPay(qr=code, facts=(("Chủ tài khoản", self.holder), ("Số tài khoản", self.account)))

    def read(self, body: bytes, moment: str, signature: str, *, now: int) -> Told:
        """A signed report."""
        return read_report(body, moment, signature, secret=self.secret, now=now)


@dataclass(frozen=True, slots=True)
class DemoBank:
    """The demonstration's bank: a page of our own that asks for no money and reports to the callback like a real one."""

    secret: str
    name: str = "ngan-hang-mau"

    def start(self, payment: OnlinePayment) -> WayToPay:
        """Its page."""
        return WayToPay(redirect=reverse("demo-bank", args=[payment.reference]))

    def read(self, body: bytes, moment: str, signature: str, *, now: int) -> Told:
        """A signed report."""
        return read_report(body, moment, signature, secret=self.secret, now=now)


def gateway() -> PaymentGateway | None:
    """The gateway in use; None when the province takes no online payment. No statement."""
    chosen = settings.CONGVU_GATEWAY
    if chosen == "vietqr":
        return Transfer(
            settings.CONGVU_BANK_BIN, settings.CONGVU_BANK_ACCOUNT, settings.CONGVU_BANK_HOLDER, settings.CONGVU_GATEWAY_SECRET
        )  # fmt: skip
    return DemoBank(settings.CONGVU_GATEWAY_SECRET) if chosen == "ngan-hang-mau" else None


def gateway_or_refuse() -> PaymentGateway:
    """The gateway in use, or a refusal that says where to pay instead."""
    found = gateway()
    if found is None:
        raise Refused(
            "Nơi này chưa nhận thanh toán trực tuyến.",
            do="Nộp tại quầy, hoặc chuyển khoản theo hướng dẫn của quầy.",
        )
    return found

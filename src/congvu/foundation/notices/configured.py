"""Which gateway carries which channel on this installation (docs/operate/notices.md)."""

from django.conf import settings

from congvu.foundation.notices.gateways import ConsoleGateway, FileGateway, Gateway, gateway_named
from congvu.foundation.notices.models import Channel
from congvu.foundation.notices.smtp import SmtpGateway


def gateways() -> dict[str, Gateway]:
    """The gateways that are set, by channel. A channel without one is silent. No statement."""
    found = {}
    for channel, name in ((Channel.EMAIL, settings.CONGVU_EMAIL), (Channel.SMS, settings.CONGVU_SMS)):
        if name:
            found[channel.value] = _gateway(name)
    return found


def _gateway(name: str) -> Gateway:
    if name == "console":
        return ConsoleGateway()
    if name == "file":
        return FileGateway(settings.CONGVU_OUTBOX)
    if name == "smtp":
        return SmtpGateway(
            settings.CONGVU_SMTP_HOST, settings.CONGVU_SMTP_PORT, settings.CONGVU_EMAIL_FROM,
            settings.CONGVU_SMTP_USER, settings.CONGVU_SMTP_PASSWORD, settings.CONGVU_SMTP_SECURITY,
            settings.CONGVU_SMTP_CA,
        )  # fmt: skip
    return gateway_named(name)

"""Mail over SMTP. What goes wrong is said in words an operator can act on: which setting, and no secret.

Trouble before the recipient is named is trouble of the house (host, certificate, account, sender): the letter waits and
the gateway is left alone for a while. What the server says of the recipient or of the letter decides over that letter.
"""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from congvu.foundation import clock
from congvu.foundation.notices.gateways import SECONDS, Away, Later, Letter, Never, Unclear
from congvu.foundation.notices.rules.masks import masked

PROBE_SECONDS = 10
_OTHER_WAY = " Cổng 465 thường cần tls, cổng 587 cần starttls: xem CONGVU_SMTP_SECURITY, CONGVU_SMTP_PORT."


@dataclass(frozen=True, slots=True, repr=False)
class SmtpGateway:
    """One connection a letter. `security` is starttls, tls or none (a relay on this machine); `authority` is a file of
    certificates to trust beside those of the system: a mail server of a closed network has one of its own."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    authority: str = ""
    name: str = "smtp"

    def send(self, letter: Letter) -> str:
        mail = self._mail(letter)
        line = self._open(SECONDS)
        try:
            try:
                _accepted(*line.rcpt(letter.to), saying="không nhận địa chỉ này", hiding=letter.to)
            except (OSError, smtplib.SMTPException) as trouble:
                raise Away(f"Máy chủ thư ngắt trước khi nhận thư ({type(trouble).__name__}).") from trouble
            return self._hand_over(line, mail)
        finally:
            line.close()

    def probe(self) -> str:
        """Connect, sign in, name the sender, and leave: what is wrong, "" when nothing is. Sends nothing."""
        try:
            line = self._open(PROBE_SECONDS)
        except Later as trouble:
            return str(trouble)
        try:
            line.rset()
            line.quit()
        except (OSError, smtplib.SMTPException):
            pass  # everything asked was answered; how the server says goodbye does not matter
        finally:
            line.close()
        return ""

    def _open(self, seconds: int) -> smtplib.SMTP:
        """A line on which the server knows us and our sender."""
        with _OfTheHouse(self):
            line = self._line(seconds)
            try:
                line.ehlo_or_helo_if_needed()
                if self.security == "starttls":
                    line.starttls(context=self._trust())
                if self.user:
                    line.login(self.user, self.password)
                _accepted(*line.mail(self.sender))
            except BaseException:
                line.close()
                raise
        return line

    def _line(self, seconds: int) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=seconds, context=self._trust())
        return smtplib.SMTP(self.host, self.port, timeout=seconds)

    def _trust(self) -> ssl.SSLContext:
        trust = ssl.create_default_context()
        if self.authority:
            trust.load_verify_locations(cafile=self.authority)
        return trust

    def _hand_over(self, line: smtplib.SMTP, mail: bytes) -> str:
        """From here on silence means that it may have gone."""
        try:
            _, answer = _accepted(*line.data(mail))
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from None
        except (OSError, smtplib.SMTPException) as trouble:
            raise Unclear(f"Máy chủ thư ngắt giữa chừng ({type(trouble).__name__}).") from trouble
        return _text(answer)[:300]

    def _mail(self, letter: Letter) -> bytes:
        mail = EmailMessage(policy=SMTP)
        try:
            mail["From"], mail["To"], mail["Subject"] = self.sender, letter.to, letter.subject
        except ValueError as wrong:  # a line break in a header
            raise Never("Địa chỉ hoặc tiêu đề không hợp lệ.") from wrong
        mail["Date"] = format_datetime(clock.now())
        # the same at every attempt: a person may look it up in the mail server's log, and many servers drop a repeat
        mail["Message-ID"] = f"<congvu-{letter.number}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text, cte="quoted-printable")  # not every server takes eight bits
        return mail.as_bytes()


@dataclass(frozen=True, slots=True)
class _OfTheHouse:
    """Turns trouble before the recipient was named into words: nothing went, and the next letter would fare the same.

    `from None`: what smtplib and ssl raise may hold what was sent to sign in.
    """

    gateway: SmtpGateway

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, trouble: BaseException | None, trace: Any) -> None:
        if isinstance(trouble, (OSError, smtplib.SMTPException, UnicodeError, Later, Never)):
            here = self.gateway
            raise Away(f"Máy chủ thư {here.host}:{here.port}: {_words(trouble, here)}"[:500]) from None


def _words(trouble: BaseException, here: SmtpGateway) -> str:
    """What is wrong and which setting to look at."""
    match trouble:
        case smtplib.SMTPAuthenticationError():
            return (
                f"không nhận tài khoản «{here.user}» hoặc mật khẩu (mã {trouble.smtp_code})."
                " Xem CONGVU_SMTP_USER, CONGVU_SMTP_PASSWORD."
            )
        case smtplib.SMTPException() if _lacks_sign_in(trouble):
            return "không nhận đăng nhập trên đường này. Bỏ CONGVU_SMTP_USER, hoặc dùng tls, starttls."
        case smtplib.SMTPNotSupportedError():
            return f"không có STARTTLS.{_OTHER_WAY}"
        case smtplib.SMTPResponseException():
            return f"từ chối ({trouble.smtp_code}): {_text(trouble.smtp_error)}"
        case Later() | Never():  # what it said of the sender
            return f"không nhận người gửi «{here.sender}»: {trouble} Xem CONGVU_EMAIL_FROM, CONGVU_SMTP_USER."
        case UnicodeError():
            return (
                "tài khoản, mật khẩu hoặc địa chỉ gửi có chữ ngoài bảng ASCII, đường SMTP không chuyển được."
            )
    return _not_reached(trouble, here)


def _not_reached(trouble: BaseException, here: SmtpGateway) -> str:
    match trouble:
        case ssl.SSLCertVerificationError():
            return (
                f"chứng thư không tin được ({trouble.verify_message}). CONGVU_SMTP_HOST phải là tên ghi trong chứng thư;"
                " chứng thư do cơ quan tự cấp thì khai CONGVU_SMTP_CA."
            )
        case ssl.SSLError():
            return f"không thỏa thuận được TLS ({trouble.reason or 'lỗi TLS'}).{_OTHER_WAY}"
        case socket.gaierror():
            return "không tìm thấy tên máy này. Xem CONGVU_SMTP_HOST."
        case ConnectionRefusedError():
            return "không ai nghe ở cổng này. Xem CONGVU_SMTP_HOST, CONGVU_SMTP_PORT."
        case TimeoutError() | smtplib.SMTPServerDisconnected():
            return f"không trả lời hoặc ngắt ngay.{_OTHER_WAY}"
        case FileNotFoundError() | PermissionError():
            return f"không đọc được tệp chứng thư {here.authority}. Xem CONGVU_SMTP_CA."
    return f"không nối được ({type(trouble).__name__})."


def _lacks_sign_in(trouble: BaseException) -> bool:
    return type(trouble) is smtplib.SMTPException or (
        isinstance(trouble, smtplib.SMTPNotSupportedError) and "AUTH" in str(trouble)
    )


def _accepted(code: int, answer: bytes, *, saying: str = "trả lời", hiding: str = "") -> tuple[int, bytes]:
    """The server's yes. `hiding` is an address it may repeat, which the outbox does not show in full."""
    if not 200 <= code < 300:
        words = _text(answer).replace(hiding, masked(hiding)) if hiding else _text(answer)
        raise _refusal(code, words, saying)
    return code, answer


def _refusal(code: int, answer: bytes | str, saying: str = "trả lời") -> Exception:
    """5xx is for good, anything else for now (RFC 5321, 4.2.1)."""
    words = f"Máy chủ thư {saying} ({code}): {_text(answer)}"[:400]
    return Never(words) if 500 <= code < 600 else Later(words)


def _text(answer: bytes | str) -> str:
    found = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(found.split())

"""Gateways: what carries a message out of the house. One interface, so that a provider is one small class.

A gateway either answers with its own id of the message, or raises:
    Later    not taken now, nothing was sent: it is tried again
    Away     the same, and the gateway is left alone for a while
    Never    refused for good, nothing was sent: it fails with the reason
    Unclear  it may have gone: a person decides
Any other exception counts as Unclear, so that a fault in a gateway never makes a message go twice. A gateway must give up by
itself within `SECONDS`, and must keep secrets out of what it raises.
"""

import json
import os
import smtplib
import ssl
import sys
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from congvu.foundation import clock

SECONDS = 30


class Later(Exception):
    """Not taken now; nothing was sent."""


class Away(Later):
    """The gateway itself cannot be reached: no use in trying it with the next letter now."""


class Never(Exception):
    """Refused for good; nothing was sent."""


class Unclear(Exception):
    """It may have gone."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way. `number` is that of the notice and the same at every attempt."""

    number: int
    channel: str
    to: str
    subject: str
    text: str


class Gateway(Protocol):
    """Carries letters of one channel."""

    @property
    def name(self) -> str:
        """What it is called in the outbox."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over; the provider's id of it. Raises Later, Never or Unclear."""


class ConsoleGateway:
    """Writes the letter on the worker's output: for those who develop or try it out."""

    name = "console"

    def send(self, letter: Letter) -> str:
        head = f"[{letter.channel} → {letter.to}] {letter.subject}".rstrip()
        sys.stdout.write(f"{head}\n{letter.text}\n\n")
        sys.stdout.flush()
        return f"console-{letter.number}"


@dataclass(frozen=True, slots=True)
class FileGateway:
    """Puts each letter as one JSON file into a folder, whole or not at all. A modem or a provider's client takes it from
    there. A letter that lies there already is not put twice."""

    folder: Path
    name: str = "file"

    def send(self, letter: Letter) -> str:
        target = self.folder / f"{letter.channel}-{letter.number}.json"
        fresh = self.folder / f".{target.name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                json.dump(asdict(letter), out, ensure_ascii=False)
                out.flush()
                os.fsync(out.fileno())
            try:
                os.link(fresh, target)
            except FileExistsError:
                pass  # put there by an attempt that did not live to say so
            finally:
                fresh.unlink()
        except OSError as trouble:
            raise Away(f"Không ghi được vào {self.folder}: {trouble.strerror}.") from trouble
        return target.name


@dataclass(frozen=True, slots=True, repr=False)
class SmtpGateway:
    """Mail over SMTP, one connection a letter. `security` is starttls, tls or none (a relay on this machine)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    name: str = "smtp"

    def send(self, letter: Letter) -> str:
        mail = self._mail(letter)
        line = self._line()
        try:
            with _before_it_is_sent():
                line.ehlo_or_helo_if_needed()
                if self.security == "starttls":
                    line.starttls(context=ssl.create_default_context())
                if self.user:
                    line.login(self.user, self.password)
                _accepted(*line.mail(self.sender))
                _accepted(*line.rcpt(letter.to))
            return self._hand_over(line, mail)
        finally:
            line.close()

    def _line(self) -> smtplib.SMTP:
        with _before_it_is_sent():
            if self.security == "tls":
                context = ssl.create_default_context()
                return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
            return smtplib.SMTP(self.host, self.port, timeout=SECONDS)

    def _hand_over(self, line: smtplib.SMTP, mail: bytes) -> str:
        """From here on silence means that it may have gone."""
        try:
            _, answer = _accepted(*line.data(mail))
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
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


class _before_it_is_sent:
    """Trouble before the letter itself was sent: it did not go, and is tried again, unless refused for good."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, trouble: BaseException | None, trace: Any) -> None:
        if isinstance(trouble, smtplib.SMTPAuthenticationError):
            raise Away(f"Máy chủ thư không nhận tài khoản gửi (mã {trouble.smtp_code}).") from None
        if isinstance(trouble, smtplib.SMTPResponseException):
            raise _refusal(trouble.smtp_code, trouble.smtp_error) from trouble
        if isinstance(trouble, (OSError, smtplib.SMTPException)):
            raise Away(f"Không nối được máy chủ thư ({type(trouble).__name__}).") from trouble


def _accepted(code: int, answer: bytes) -> tuple[int, bytes]:
    if not 200 <= code < 300:
        raise _refusal(code, answer)
    return code, answer


def _refusal(code: int, answer: bytes | str) -> Exception:
    """5xx is for good, anything else for now (RFC 5321, 4.2.1)."""
    words = f"Máy chủ thư trả lời {code}: {_text(answer)}"[:500]
    return Never(words) if 500 <= code < 600 else Later(words)


def _text(answer: bytes | str) -> str:
    found = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(found.split())


def gateway_named(path: str) -> Gateway:
    """A provider's gateway by its address, "package.module:Name": called without arguments. Raises what importing raises."""
    module, _, name = path.partition(":")
    made: Gateway = getattr(import_module(module), name)()
    return made

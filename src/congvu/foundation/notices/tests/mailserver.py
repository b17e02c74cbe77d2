"""A mail server of the tests: real SMTP on the loopback, in a thread, which keeps what it accepted and does as it is told."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.policy import default


@dataclass
class MailServer:
    """`to_rcpt`, `to_mail` and `to_data` are its answers; `silent` closes the line after a mail was taken, without a word;
    `taken` is called when a mail was taken, before the answer goes out.

    `tls` is its certificate, spoken from the first byte when `at_once`, else after STARTTLS. `accounts` are user and
    password: with any it takes no sender who has not signed in, and lets nobody sign in on a clear line.
    """

    port: int = 0
    to_mail: str = "250 ok"
    to_rcpt: str = "250 ok"
    to_data: str = "250 2.0.0 Ok: queued as A1"
    silent: bool = False
    tls: ssl.SSLContext | None = None
    at_once: bool = False
    accounts: dict[str, str] = field(default_factory=dict)
    taken: Callable[[], None] = field(default=lambda: None)
    kept: list[tuple[str, str]] = field(default_factory=list)  # recipient, mail as it came
    asked: list[str] = field(default_factory=list)
    under_tls: list[bool] = field(default_factory=list)  # of each line of `asked`

    def texts(self) -> list[str]:
        return [message_from_string(mail, policy=default).get_content() for _, mail in self.kept]  # type: ignore[attr-defined]

    def subjects(self) -> list[str]:
        return [message_from_string(mail, policy=default)["Subject"] for _, mail in self.kept]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, ssl.SSLError):
            pass  # the other side went away: it did not trust us
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient, signed_in = "", not self.accounts

        async def say(words: str) -> None:
            writer.write(f"{words}\r\n".encode())
            await writer.drain()

        await say("220 thu.example ESMTP")
        while line := (await reader.readline()).decode():
            covered = writer.get_extra_info("ssl_object") is not None
            self.asked.append(line.strip())
            self.under_tls.append(covered)
            word = line.split(" ")[0].strip().upper()
            if word == "QUIT":
                await say("221 bye")
                break
            if word == "EHLO":
                for one in ("thu.example", *self._offers(covered)):
                    await say(f"250-{one}")
                await say("250 SIZE")
            elif word == "STARTTLS" and self.tls:
                await say("220 go ahead")
                await writer.start_tls(self.tls)
            elif word == "AUTH":
                signed_in = self._knows(line)
                await say("235 2.7.0 ok" if signed_in else "535 5.7.8 authentication failed")
            elif word == "MAIL":
                await say(self.to_mail if signed_in else "530 5.7.0 authentication required")
            elif word == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                await say(self.to_rcpt)
            elif word == "DATA":
                await say("354 go ahead")
                self._keep(recipient, (await reader.readuntil(b"\r\n.\r\n")).decode())
                if self.silent:
                    break
                await say(self.to_data)
            else:
                await say("250 ok")

    def _keep(self, recipient: str, mail: str) -> None:
        if self.to_data.startswith("2"):
            self.kept.append((recipient, mail.removesuffix(".\r\n")))
            self.taken()

    def _offers(self, covered: bool) -> list[str]:
        starttls = ["STARTTLS"] if self.tls and not covered else []
        return starttls + (["AUTH PLAIN"] if self.accounts and covered else [])

    def _knows(self, line: str) -> bool:
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        return self.accounts.get(user) == password


@contextmanager
def a_mail_server(**how: object) -> Iterator[MailServer]:
    """A server on a free port of the loopback, for the block."""
    server = MailServer(**how)  # type: ignore[arg-type]
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    listening: list[asyncio.Server] = []

    async def starting() -> asyncio.Server:
        return await asyncio.start_server(
            server.serve, "127.0.0.1", 0, ssl=server.tls if server.at_once else None
        )

    async def ending() -> None:
        listening[0].close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for one in left:
            one.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)  # the lines they closed let go

    def run() -> None:  # alone in its thread: the caller's may have a loop, as a browser's driver has
        listening.append(loop.run_until_complete(starting()))
        server.port = listening[0].sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        loop.run_until_complete(ending())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10), "the mail server did not start"
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()

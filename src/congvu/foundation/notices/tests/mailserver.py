"""A mail server of the tests: real SMTP on the loopback, in a thread, which keeps what it accepted and does as it is told."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.policy import default


@dataclass
class MailServer:
    """`to_rcpt` and `to_data` are its answers; `silent` closes the line after a mail was taken, without a word;
    `taken` is called when a mail was taken, before the answer goes out."""

    port: int = 0
    to_rcpt: str = "250 ok"
    to_data: str = "250 2.0.0 Ok: queued as A1"
    silent: bool = False
    taken: Callable[[], None] = field(default=lambda: None)
    kept: list[tuple[str, str]] = field(default_factory=list)  # recipient, mail as it came
    asked: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        return [message_from_string(mail, policy=default).get_content() for _, mail in self.kept]  # type: ignore[attr-defined]

    def subjects(self) -> list[str]:
        return [message_from_string(mail, policy=default)["Subject"] for _, mail in self.kept]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""

        async def say(words: str) -> None:
            writer.write(f"{words}\r\n".encode())
            await writer.drain()

        await say("220 thu.example ESMTP")
        while line := (await reader.readline()).decode():
            self.asked.append(line.strip())
            word = line.split(" ")[0].strip().upper()
            if word == "QUIT":
                break
            if word == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                await say(self.to_rcpt)
            elif word == "DATA":
                await say("354 go ahead")
                mail = (await reader.readuntil(b"\r\n.\r\n")).decode()
                if self.to_data.startswith("2"):
                    self.kept.append((recipient, mail.removesuffix(".\r\n")))
                    self.taken()
                if self.silent:
                    break
                await say(self.to_data)
            else:
                await say("250 ok")
        writer.close()


@contextmanager
def a_mail_server(**how: object) -> Iterator[MailServer]:
    """A server on a free port of the loopback, for the block."""
    server = MailServer(**how)  # type: ignore[arg-type]
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    listening: list[asyncio.Server] = []

    def run() -> None:  # alone in its thread: the caller's may have a loop, as a browser's driver has
        listening.append(loop.run_until_complete(asyncio.start_server(server.serve, "127.0.0.1", 0)))
        server.port = listening[0].sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        listening[0].close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10), "the mail server did not start"
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()

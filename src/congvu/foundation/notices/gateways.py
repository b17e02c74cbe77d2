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
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

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


def gateway_named(path: str) -> Gateway:
    """A provider's gateway by its address, "package.module:Name": called without arguments. Raises what importing raises."""
    module, _, name = path.partition(":")
    made: Gateway = getattr(import_module(module), name)()
    return made

"""A mail server of the tests: real sockets, and every fault that a real one has."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """What arrived, and what to answer to whom.

    `answers` by address: a line such as "550 no" (for ever), "silent", "drop" (the connection, at DATA) or
    "lose" (the mail is taken, its 250 never arrives). `once`: the same, a single time.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.once: dict[str, str] = {}
        self.got: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.senders: list[str] = []
        self.asked: list[str] = []
        self.pause = 0.0
        self.last = time.monotonic()  # when it was asked last

    def _answer(self, address: str) -> str:
        return self.once.get(address) or self.answers.get(address, "")

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked.append(address)
        self.last = time.monotonic()
        answer = self._answer(address)
        if answer[:1].isdecimal():
            self.once.pop(address, None)
            return answer
        if answer == "silent":
            self.once.pop(address, None)
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        await asyncio.sleep(self.pause)
        answer = self._answer(envelope.rcpt_tos[0])
        if answer in {"drop", "lose"}:
            self.once.pop(envelope.rcpt_tos[0], None)
            cast("Any", server.transport).abort()
        if answer != "drop":
            self.got.append(cast("EmailMessage", message_from_bytes(cast("bytes", envelope.content), policy=default)))
            self.recipients.append(list(envelope.rcpt_tos))
            self.senders.append(str(envelope.mail_from))
        return "250 OK"

    @property
    def to(self) -> list[str]:
        """Who got a mail, in the order of arrival."""
        return [str(message["To"]) for message in self.got]


@contextmanager
def sinking() -> Iterator[tuple[Sink, int]]:
    """Run a mail server on loopback; yield it and its port."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()


@contextmanager
def mute_server() -> Iterator[int]:
    """Run a server that takes connections and never says a word; yield its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])


@contextmanager
def talker(lines: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Run a server that says the next of `lines` after each line it hears; yield its port and what it heard."""
    heard: list[bytes] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def talk() -> None:
            taken, _address = listening.accept()
            with taken, taken.makefile("rb") as reading:
                for line in lines:
                    taken.sendall(line)
                    heard.append(reading.readline())

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1]), heard
        thread.join(timeout=5)

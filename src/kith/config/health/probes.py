"""What is looked at to say whether this Kith is well. A probe never raises: what goes wrong is its finding."""

import os
import shutil
import smtplib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from kith.config import environment
from kith.config.ground import state
from kith.config.health import queues
from kith.kernel import clock, switches

LEAST_ROOM = 33_554_432  # bytes that must be free for the database to go on writing: two of its log segments
MOST_DRIFT = 60.0  # seconds between this machine's clock and the database's
LONGEST_WAIT = 300.0  # seconds after which the oldest waiting job means that workers do not keep up
_SMTP_PATIENCE = 5.0  # seconds


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and a sentence that says what was found."""

    name: str
    is_well: bool
    sentence: str


def database() -> Finding:
    """Whether the database answers and is of this version."""
    try:
        known = state.read()
    except state.NoAnswerError as error:
        return Finding("database", is_well=False, sentence=f"No database answers: {error}")
    if known.get(state.MIGRATIONS) != state.migrations_digest():
        return Finding("database", is_well=False, sentence="The database is not of this version: run `kith upgrade`.")
    return Finding("database", is_well=True, sentence="The database answers and is of this version.")


def room() -> Finding:
    """Whether the data folder's disk has room left."""
    free = shutil.disk_usage(settings.KITH_HOME).free
    sentence = f"{free / 1e9:.1f} GB are free under {settings.KITH_HOME}."
    if free < LEAST_ROOM:
        sentence = f"The disk is full: {sentence} Nothing can be saved until there is room."
    return Finding("disk", is_well=free >= LEAST_ROOM, sentence=sentence)


def jobs(*, rests: bool = False) -> Finding:
    """Whether workers are there and keep up; where Kith `rests`, none are expected."""
    try:
        alive, waiting, failed = queues.workers_alive(), queues.backlog(), queues.failed()
    except DatabaseError as error:
        return Finding("workers", is_well=False, sentence=f"The job queue cannot be read: {error}")
    oldest = max((one.oldest_seconds for one in waiting), default=0.0)
    sentence = "Kith does not run. " if rests else ""
    sentence += (
        f"{alive} worker lanes are alive, {sum(one.waiting for one in waiting)} jobs wait "
        f"(the oldest for {oldest:.0f} s), {failed} failed."
    )
    return Finding("workers", is_well=rests or (alive > 0 and oldest < LONGEST_WAIT), sentence=sentence)


def clocks() -> Finding:
    """Whether this machine's clock and the database's agree; a moved clock is told, not blamed."""
    if moved := os.environ.get("KITH_CLOCK"):
        return Finding(
            "clock", is_well=True, sentence=f"The clock is moved by {moved}: it is {clock.now():%Y-%m-%d %H:%M} UTC."
        )
    try:
        with state.connect() as connection:
            row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
    except state.NoAnswerError as error:
        return Finding("clock", is_well=False, sentence=f"No database answers: {error}")
    drift = abs(float(str(row[0])) - clock.now().timestamp()) if row else 0.0
    return Finding(
        "clock", is_well=drift < MOST_DRIFT, sentence=f"This clock and the database's differ by {drift:.1f} s."
    )


def mail() -> Finding:
    """Whether the mail server answers; without one every mail is kept on the outbox desk."""
    server = environment.mail()
    if server is None:
        return Finding("mail", is_well=True, sentence="No mail server is set: every mail is kept on the outbox desk.")
    connect: Callable[..., smtplib.SMTP] = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
    try:
        with connect(server.host, server.port, timeout=_SMTP_PATIENCE) as session:
            session.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", is_well=False, sentence=f"{server.host}:{server.port} does not answer: {error}")
    return Finding("mail", is_well=True, sentence=f"{server.host}:{server.port} answers.")


def muted() -> Finding:
    """Whether this copy sends anything; a muted one is told, not blamed."""
    try:
        is_muted = switches.is_muted()
    except DatabaseError as error:
        return Finding("sending", is_well=False, sentence=f"It cannot be read whether anything is sent: {error}")
    sentence = "This is a restored copy: nothing is sent until `kith unmute`." if is_muted else "Messages are sent."
    return Finding("sending", is_well=True, sentence=sentence)

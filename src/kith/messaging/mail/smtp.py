"""The way to the mail server: one connection, with a verified certificate wherever a password travels."""

import smtplib
import ssl
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 15  # seconds for each answer of the server


class MailServer(Protocol):
    """Where mails are handed over: `settings.KITH_MAIL`."""

    @property
    def host(self) -> str:
        """Its name."""
        ...

    @property
    def port(self) -> int:
        """Its port."""
        ...

    @property
    def user(self) -> str:
        """Who we are to it, "" for nobody."""
        ...

    @property
    def password(self) -> str:
        """How we prove that."""
        ...

    @property
    def tls(self) -> bool:
        """Whether it speaks TLS from the first byte."""
        ...


def our_host() -> str:
    """Return the name under which we send."""
    return urlsplit(settings.KITH_URL).hostname or "localhost"


def connect(server: MailServer) -> smtplib.SMTP:
    """Return a connection that has said hello; `OSError` or `SMTPException` where there is none to be had.

    A server that offers STARTTLS is taken at its word. A password travels only over TLS with a verified
    certificate, or to this machine itself; mail without a password goes over whatever encryption there is.
    """
    if server.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, our_host(), timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, our_host(), timeout=TIMEOUT)
    try:
        _greet(connection, server)
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise
    return connection


def _greet(connection: smtplib.SMTP, server: MailServer) -> None:
    connection.ehlo_or_helo_if_needed()
    safe = server.tls or _is_this_machine(server.host)
    if not server.tls and connection.has_extn("starttls"):
        connection.starttls(context=_context(verified=bool(server.user) and not safe))
        connection.ehlo()
        safe = True
    if server.user:
        if not safe:
            raise smtplib.SMTPNotSupportedError("The mail server offers no TLS, so the password is not sent.")
        connection.login(server.user, server.password)


def _context(*, verified: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""The settings of `contract.md`: read from the environment only, checked, the missing or wrong one named."""

import base64
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

REPOSITORY = Path(__file__).resolve().parents[3]


class WrongSettingError(Exception):
    """A setting is missing or wrong; the sentence names it and says what would be right."""


def home() -> Path:
    """Return the data folder: `KITH_HOME`, else `./var` in a checkout, else `~/.local/share/kith`."""
    if given := os.environ.get("KITH_HOME"):
        return Path(given).expanduser().resolve()
    if (REPOSITORY / "pyproject.toml").exists():
        return REPOSITORY / "var"
    return Path("~/.local/share/kith").expanduser()


def secret_key() -> str:
    """Return `KITH_SECRET_KEY`, or the one made on first start and kept readable by its owner only."""
    if given := os.environ.get("KITH_SECRET_KEY"):
        if len(given) < 50:  # noqa: PLR2004  (Django's own W009 asks for 50 characters)
            raise WrongSettingError("KITH_SECRET_KEY must have at least 50 characters.")
        return given
    path = home() / "secret-key"
    if not path.exists():
        _make_secret(path)
    return path.read_text()


def _make_secret(path: Path) -> None:
    """Write a new secret to `path` at once and whole; of several processes one wins."""
    make_home()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


@dataclass(frozen=True)
class DatabaseAddress:
    """Where PostgreSQL answers, in psycopg's words. `host` may be a folder with a socket."""

    host: str
    port: str
    name: str
    user: str
    password: str


def is_embedded() -> bool:
    """Whether the database is the embedded server under `KITH_HOME`."""
    return not os.environ.get("KITH_DATABASE_URL")


def _socket_folder() -> str:
    """Return the embedded server's socket folder, quoted; the server wrote it down when the usual one is too long."""
    try:
        return quote((home() / "socket").read_text().strip())
    except FileNotFoundError:
        return quote(str(home() / "run"))


def database() -> DatabaseAddress:
    """Return the address in `KITH_DATABASE_URL` (the supervisor sets it for the embedded server)."""
    url = os.environ.get("KITH_DATABASE_URL") or f"postgresql://kith@/kith?host={_socket_folder()}"
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSettingError("KITH_DATABASE_URL must begin with postgresql://, PostgreSQL is the only engine.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    port = _port(parts, "KITH_DATABASE_URL")
    name = parts.path.lstrip("/")
    if not name:
        raise WrongSettingError("KITH_DATABASE_URL must end with a database's name: postgresql://user@host/name.")
    return DatabaseAddress(
        host=unquote(query.get("host", "")) or parts.hostname or "",
        port=str(port or query.get("port", "")),
        name=unquote(name),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@dataclass(frozen=True)
class MailAddress:
    """An SMTP server, or none: then every mail is kept and shown on the outbox desk."""

    host: str
    port: int
    user: str
    password: str
    tls: bool


def mail() -> MailAddress | None:
    """Return the server in `KITH_EMAIL_URL` (`smtp://user:password@host:port`, `smtps://…` for TLS)."""
    url = os.environ.get("KITH_EMAIL_URL")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise WrongSettingError("KITH_EMAIL_URL must look like smtp://host:25 or smtps://user:password@host:465.")
    return MailAddress(
        host=parts.hostname,
        port=_port(parts, "KITH_EMAIL_URL") or (465 if parts.scheme == "smtps" else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
    )


def url() -> str:
    """Return the one address, `KITH_URL`, without a slash at its end (default http://localhost:8000)."""
    given = os.environ.get("KITH_URL", "http://localhost:8000").rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise WrongSettingError(
            "KITH_URL must be the full address and no more, for example https://people.example.com."
        )
    _port(parts, "KITH_URL")
    return given


def _port(parts: SplitResult, name: str) -> int | None:
    """Return the port in an address, if it has one; `name` is the setting to blame."""
    try:
        return parts.port
    except ValueError:
        raise WrongSettingError(f"{name} has a port that is no number from 1 to 65535.") from None


def check() -> None:
    """Read every setting once, so that a start names the wrong one before anything runs."""
    for read in (make_home, url, database, mail, proxies, bounce_address, sms, outbound_hosts, secret_key):
        read()


def make_home() -> Path:
    """Return the data folder, made private to its owner if it is missing; `WrongSettingError` where it cannot be."""
    folder = home()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSettingError(f"KITH_HOME: {folder} cannot be the data folder ({error.strerror}).") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WrongSettingError(f"KITH_HOME: {folder} cannot be written by this user.")
    return folder


def demo() -> bool:
    """Whether this home holds a demo organization (the supervisor says so; never set on a public bind)."""
    return os.environ.get("KITH_DEMO") == "1"


def proxies() -> list[str]:
    """Return the proxies whose X-Forwarded-For is believed: addresses in `KITH_PROXIES`, by commas; default none."""
    given = [part.strip() for part in os.environ.get("KITH_PROXIES", "").split(",") if part.strip()]
    for part in given:
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise WrongSettingError(
                f"KITH_PROXIES must list IP addresses or networks by commas, for example 10.0.0.5; {part!r} is none."
            ) from None
    return given


def bounce_address() -> str:
    """Return the mailbox to which mails come back, `KITH_BOUNCE_ADDRESS`; "" where the mail server knows of none.

    The mail server must take `local+anything@domain` and hand it to `kith mail bounce`.
    """
    given = os.environ.get("KITH_BOUNCE_ADDRESS", "").strip()
    if given and not re.fullmatch(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9.-]{1,200}", given):
        raise WrongSettingError("KITH_BOUNCE_ADDRESS must be a mail address such as bounces@kith.example.com.")
    return given


def sms() -> tuple[str, str]:
    """Return where SMS are handed over: `KITH_SMS_URL` ("": they are kept), and `KITH_SMS_TOKEN` ("": none)."""
    given = os.environ.get("KITH_SMS_URL", "").strip()
    if given and urlsplit(given).scheme not in {"https", "http"}:
        raise WrongSettingError("KITH_SMS_URL must be an address such as https://sms.example.com/send.")
    return given, os.environ.get("KITH_SMS_TOKEN", "").strip()


def outbound_hosts() -> frozenset[str]:
    """Return the hosts of our own network that webhooks may be sent to: `KITH_OUTBOUND_HOSTS`, by commas; default none.

    `erp.internal` (any port) or `erp.internal:8443`; these may be private and be asked by plain http.
    """
    given = [part.strip().lower() for part in os.environ.get("KITH_OUTBOUND_HOSTS", "").split(",") if part.strip()]
    for part in given:
        if "/" in part or "@" in part or " " in part:
            raise WrongSettingError(
                f"KITH_OUTBOUND_HOSTS must list hosts by commas, for example erp.internal:8443; {part!r} is none."
            )
    return frozenset(given)


def gateway_secret() -> str:
    """Return the test gateway's webhook secret: `KITH_TEST_GATEWAY_SECRET`, its own in a demo, "" where it is off."""
    if given := os.environ.get("KITH_TEST_GATEWAY_SECRET"):
        try:
            key = base64.b64decode(given.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if not given.startswith("whsec_") or len(key) < 24:  # noqa: PLR2004  (Standard Webhooks asks for 24 to 64 bytes)
            raise WrongSettingError("KITH_TEST_GATEWAY_SECRET must be whsec_ and the base64 of at least 24 bytes.")
        return given
    if not demo():
        return ""
    digest = hmac.new(secret_key().encode(), b"kith test gateway", "sha256").digest()
    return f"whsec_{base64.b64encode(digest).decode()}"


def demo_open() -> bool:
    """Whether one click signs in as a person of the demo (the process tree says so, on loopback only)."""
    return os.environ.get("KITH_DEMO_OPEN") == "1"


def clock_file() -> Path | None:
    """Return the file that moves the clock, None where none is set."""
    given = os.environ.get("KITH_CLOCK")
    return Path(given) if given else None

"""From an ASGI request to a WSGI environment (PEP 3333)."""

import sys
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from kith.config.ground.bodies import Scope


class FileOnDisk:
    """The server's `wsgi.file_wrapper`: an open file that is sent without a page thread."""

    def __init__(self, file: IO[bytes], block_size: int = 65_536) -> None:
        """Wrap `file`; `block_size` is what the application suggests, in bytes."""
        self.file = file
        self.block_size = max(block_size, 65_536)

    def read(self) -> bytes:
        """Return the next block, empty at the end."""
        return self.file.read(self.block_size)

    def close(self) -> None:
        """Close the file (Django ends the request here)."""
        self.file.close()


def build(*, scope: Scope, body: IO[bytes], length: int, scheme: str) -> dict[str, Any]:
    """Return the WSGI environment of a request whose whole body is `body`, `length` bytes long.

    The path is decoded from the raw bytes the client sent (so broken UTF-8 reaches Django unharmed). Header
    names with an underscore are dropped: they could pose as a proxy's headers. `scheme` is ours to say.
    """
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileOnDisk,
    }
    for raw_name, raw_value in scope["headers"]:
        _put_header(environ, name=raw_name.decode("latin-1"), value=raw_value.decode("latin-1"))
    return environ


def _put_header(environ: dict[str, Any], *, name: str, value: str) -> None:
    if "_" in name or name == "content-length":
        return
    key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        value = environ[key] + ("; " if name == "cookie" else ",") + value
    environ[key] = value

"""Row 26: bombs, scripts in pictures, paths in names and bodies without end are refused with a sentence, memory flat."""

import io
import re
import socket
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from PIL import Image

from kith.config.ground.bodies import LIMIT
from kith.voice.ideas.models import Attachment, Idea
from tests.people import make as people
from tests.support import asking
from tests.support.asking import Asker
from tests.voice import make

pytestmark = [pytest.mark.fault, pytest.mark.row(26)]
MIB = 2**20
ROOM = 200 * MIB  # how much more memory than before any of them may take
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
) + b"]><worksheet>&j;</worksheet>"  # fmt: skip
NAMES = ["../../../etc/cron.d/x.png", "..\\..\\x.png", "a" * 300 + ".png", "\u202egnp.exe.png", "x.png\0.html", "con.png", ".png",
         "/etc/passwd", "<script>.png"]  # fmt: skip


def png(side: int) -> bytes:
    """Return a whole black PNG, one bit a pixel, `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows, packer = b"\0" * (side // 8 + 1), zlib.compressobj(9)
    data = b"".join([*(packer.compress(rows) for _ in range(side)), packer.flush()])
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zipped(parts: dict[str, bytes | int]) -> bytes:
    """Return a ZIP of files; a number stands for so many zero bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            with archive.open(name, "w", force_zip64=True) as file:
                if isinstance(data, int):
                    for _ in range(data // MIB):
                        file.write(b"\0" * MIB)
                else:
                    file.write(data)
    return out.getvalue()


def workbook(sheet: bytes | int) -> bytes:
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": kinds, "xl/worksheets/sheet1.xml": sheet})


def nested() -> bytes:
    inner = zipped({"zeros": 16 * MIB})
    return zipped({f"xl/{n}.zip": inner for n in range(50)})


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pixels": ("x.png", lambda: png(30_000)),
    "zeros": ("x.xlsx", lambda: workbook(200 * MIB)),
    "laughs": ("x.xlsx", lambda: workbook(LAUGHS)),
    "nested": ("x.xlsx", nested),
    "svg": ("x.svg", lambda: SVG),
    "svg called png": ("x.png", lambda: SVG),
    "html called png": ("x.png", lambda: b"<!doctype html><script>alert(1)</script>"),
    "xml": ("x.xml", lambda: LAUGHS),
}


def patience(size: str) -> float:
    """Return within how many seconds an answer must come: as promised at full size, beside other work otherwise."""
    return 2.0 if size == "full" else 10.0


@pytest.fixture
def idea(database_url: str) -> Idea:
    return make.idea(make.house().workers[0])


def doors(address: str, idea: Idea) -> Iterator[tuple[str, Callable[[str, bytes], asking.Answer]]]:
    """Yield every place at which a file may be left, by name, as what sends one there."""
    author = idea.author
    assert author is not None
    writer, boss = asking.browser(address, author), asking.browser(address, people.employee(), "administrator")

    def sent(who: Asker, path: str, form: dict[str, str], field: str) -> Callable[[str, bytes], asking.Answer]:
        return lambda name, data: who.post(path, form, files=[(field, name, data)])

    yield "idea", sent(writer, f"/ideas/{idea.public_id}/attach/", {}, "file")
    yield "import", sent(boss, "/admin/imports/upload/", {"kind": "people", "system": "file"}, "file")
    yield "logo", sent(boss, "/admin/organization/", {"part": "logo"}, "logo")
    yield "proof", sent(boss, "/desk/notices/proof/", {}, "proof")


def test_bombs_and_scripts_are_refused_quickly_and_memory_stays_flat(
    address: str, idea: Idea, check_size: str, measured: Callable[[str, str, str], None]
) -> None:
    made = {name: (called, build()) for name, (called, build) in BOMBS.items()}
    places = dict(doors(address, idea))
    for send in places.values():  # whoever comes first pays for what is loaded only once
        send("x.txt", b"x")
    before, slowest, told = asking.most_memory(address), 0.0, []
    for name, (called, data) in made.items():
        for place, send in places.items():
            begun = time.monotonic()
            answer = send(called, data)
            slowest = max(slowest, time.monotonic() - begun)
            taken = place == "idea" and answer.status in {200, 302}
            if taken or answer.status >= 500 or b"alert(1)" in answer.body:
                told.append(f"{name} at {place}: {answer.status}")
    grown = asking.most_memory(address) - before
    measured(
        f"{len(made)} bombs at {len(places)} doors", "4xx < 2 s, memory < +200 MiB",
        f"{len(told)} taken, slowest {slowest:.2f} s, +{grown // MIB} MiB",
    )  # fmt: skip
    assert told == []
    assert Attachment.objects.count() == 0
    assert slowest < patience(check_size)
    assert grown < ROOM
    assert len(made["pixels"][1]) < 200_000
    assert len(made["zeros"][1]) < 400_000


def test_the_control_the_first_bomb_unpacked_takes_more(tmp_path: Path) -> None:
    assert len(zlib.decompress(png(30_000)[41:-16])) > 100 * MIB
    with zipfile.ZipFile(io.BytesIO(workbook(200 * MIB))) as archive:
        assert max(info.file_size for info in archive.infolist()) == 200 * MIB


def test_no_name_of_a_file_leads_anywhere(address: str, idea: Idea, tmp_path: Path) -> None:
    send = dict(doors(address, idea))["idea"]
    before = set(Path(settings.KITH_HOME).parent.glob("*"))
    for n, name in enumerate(NAMES[:5]):
        out = io.BytesIO()
        Image.new("RGB", (20 + n, 20)).save(out, "PNG")
        assert send(name, out.getvalue()).status < 500
    kept = list(Attachment.objects.values_list("name", "stored"))
    assert kept
    for name, stored in kept:
        assert re.fullmatch(r"[\w .()-]{1,84}\.jpg", name), name
        assert re.fullmatch(r"[\w/-]+(\.\w+)?", stored), stored
    assert set(Path(settings.KITH_HOME).parent.glob("*")) == before


def linked(asker: Asker) -> socket.socket:
    parts = urlsplit(asker.address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)


def head(asker: Asker, length: int, path: str = "/ideas/new/") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {length}", f"Content-Type: {asking.FORM}"]
    lines += [f"{name}: {value}" for name, value in asker.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_body_of_a_gibibyte_is_cut_at_the_limit_and_too_many_parts_are_refused(address: str) -> None:
    asker = asking.browser(address, people.employee())
    before = asking.most_memory(address)
    with linked(asker) as link:
        link.sendall(head(asker, 2**30))
        assert b" 413 " in link.recv(4096)
    sent = 0
    with linked(asker) as link, suppress(OSError):
        link.sendall(head(asker, 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"))
        while sent < 2**30:
            link.sendall(b"100000\r\n" + b"x" * MIB + b"\r\n")
            sent += MIB
    assert sent < LIMIT + 32 * MIB
    assert asking.most_memory(address) - before < ROOM
    assert asker.post("/ideas/new/", {f"f{n}": "x" for n in range(1001)}).status in {400, 413}
    files = [("file", f"{n}.png", b"x") for n in range(101)]
    assert asker.post("/ideas/new/", {"title": "x"}, files=files).status in {400, 413}


def test_forty_slow_uploads_do_not_hold_up_others(address: str, check_size: str) -> None:
    asker = asking.visitor(address)
    assert asker.get("/sign-in/").status == 200
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(linked(asker)).sendall(head(asker, 5000) + b"title=")
        begun = time.monotonic()
        assert asker.get("/sign-in/").status == 200
        assert time.monotonic() - begun < patience(check_size)

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kith.kernel import uploads
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.uploads import FileKind
from kith.voice.ideas import attaching
from kith.voice.ideas.models import Attachment, Visibility
from tests.access import make as access
from tests.notices.make import Plant
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def house(db: None) -> Plant:
    return make.house()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **given: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **given)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that claims to be `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_a_picture_is_drawn_anew_without_where_and_when_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0110] = "Canary phone"
    exif[0x8825] = {1: "N", 2: (10.0, 46.0, 30.0)}
    given = picture("JPEG", (3000, 1000), exif=exif) + b"Canary trailing"
    made = uploads.make(given, name="../../home/lan/ảnh gió.JPEG")
    assert (made.kind, made.name) == (FileKind.PICTURE, "ảnh gió.jpg")
    assert b"Canary" not in made.data
    again = Image.open(io.BytesIO(made.data))
    assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (2048, 683), {})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Attach a picture"),
        (b"GIF89a<script>alert(1)</script>", "damaged|Attach"),
        (b"MZ\x90\x00 not a picture", "Attach a picture"),
        (bomb(60_000), "pixels"),
        (bomb(7_000), "pixels"),
        (picture()[:60], "damaged"),
        (b"%PDF-1.7 cut off", "PDF is damaged"),
        (b"\x89PNG" + b"x" * uploads.MOST_BYTES, "larger"),
    ],
)
def test_what_is_not_a_safe_file_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        uploads.make(data, name="x.png")


def test_only_the_author_attaches_five_at_most_until_the_answer(house: Plant) -> None:
    idea = make.idea(house.workers[0])
    mades = [uploads.make(picture(size=(10 + n, 10)), name=f"{n}.png") for n in range(6)]
    with pytest.raises(NotAllowed):
        attaching.attach(idea=idea, by=house.manager, made=mades[0], at=AT)
    for made in [*mades[:5], mades[0]]:
        attaching.attach(idea=idea, by=house.workers[0], made=made, at=AT)
    assert Attachment.objects.count() == 5
    with pytest.raises(Refusal, match="five"):
        attaching.attach(idea=idea, by=house.workers[0], made=mades[5], at=AT)
    make.answer(idea, house.manager)
    with pytest.raises(NotAllowed):
        attaching.attach(idea=idea, by=house.workers[0], made=mades[5], at=AT)


def test_files_are_served_to_readers_of_the_idea_and_to_nobody_else(house: Plant) -> None:
    author = access.client(house.workers[0])
    given = {
        "title": "A photo of the gate", "text": "See it.", "visibility": Visibility.OWNER.value,
        "file": [SimpleUploadedFile("gate.png", picture()), SimpleUploadedFile("plan.pdf", PDF)],
    }  # fmt: skip
    assert author.post("/ideas/new/", given).status_code == 302
    shown, plan = Attachment.objects.order_by("id")
    urls = [f"/ideas/{each.idea.public_id}/files/{each.public_id}/" for each in (shown, plan)]
    for reader, status in ((author, 200), (access.client(house.manager), 200), (access.client(house.workers[1]), 404)):
        assert {reader.get(url).status_code for url in urls} == {status}
    answer, download = author.get(urls[0]), author.get(urls[1])
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in download["Content-Security-Policy"]
    assert download["Content-Disposition"].startswith("attachment;")
    assert access.client().get(urls[0]).status_code == 302
    default_storage.delete(shown.stored)
    assert author.get(urls[0]).status_code == 404


def test_a_bad_file_with_a_new_idea_changes_nothing_and_keeps_what_was_typed(house: Plant) -> None:
    given = {"title": "A photo", "text": "Look at the gate.", "file": SimpleUploadedFile("x.svg", b"<svg/>")}
    page = access.client(house.deputy).post("/ideas/new/", given)
    assert page.status_code == 422
    assert "Attach a picture" in page.content.decode()
    assert "Look at the gate." in page.content.decode()
    assert make.Idea.objects.count() == 0

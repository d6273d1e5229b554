"""Logos: what is taken, what is made of it, and everything that is refused with a sentence."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kith.kernel.refusals import BadInput
from kith.portal.organization.logos import LONGEST_SIDE, MOST_BYTES, make_logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), mode: str = "RGB", **given: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in "LP" else (180, 71, 43)).save(out, kind, **given)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a tiny PNG that says it is huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_png_of_the_same_shape(kind: str) -> None:
    made = make_logo(picture(kind))
    drawn = Image.open(io.BytesIO(made.png))
    assert (drawn.format, drawn.size, made.width, made.height) == ("PNG", (512, 171), 512, 171)
    assert len(made.sha256) == 64


def test_a_small_picture_is_not_blown_up() -> None:
    assert make_logo(picture(size=(40, 20))).width == 40


def test_nothing_of_the_upload_but_its_pixels_is_kept() -> None:
    info = PngInfo()
    info.add_text("Comment", "made by Lan at home")
    data = picture(size=(30, 30), pnginfo=info) + b"<script>alert(1)</script>"
    made = make_logo(data)
    assert b"Lan" not in made.png
    assert b"script" not in made.png
    assert make_logo(picture(size=(30, 30))).sha256 == made.sha256


def test_a_photo_on_its_side_is_turned_by_its_own_word() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = make_logo(picture("JPEG", size=(200, 100), exif=exif))
    assert (made.width, made.height) == (100, 200)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK"])
def test_every_way_of_colours_is_taken(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode in {"L", "CMYK"} else "PNG")
    assert make_logo(out.getvalue()).width == 20


@pytest.mark.parametrize("data", [b"", SVG, b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"MZ" * 500, b"\0" * 5000])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        make_logo(data)
    assert refused.value.field == "logo"


def test_a_cut_picture_is_damaged() -> None:
    whole = picture(size=(800, 800), mode="RGB")
    noise = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(noise, "PNG")
    for data in (noise.getvalue()[:2000], picture("JPEG", size=(800, 800))[:900]):
        with pytest.raises(BadInput, match="damaged"):
            make_logo(data)
    assert make_logo(whole).width == LONGEST_SIDE


@pytest.mark.parametrize("size", [(5001, 5000), (30_000, 30_000), (65_535, 65_535), (2_000_000_000, 2)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match=r"million pixels|damaged|picture we can take"):
        make_logo(bomb(*size))


def test_more_than_two_megabytes_are_not_even_opened() -> None:
    with pytest.raises(BadInput, match="2 MB"):
        make_logo(b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_refused_whatever_their_name(kind: str) -> None:
    with pytest.raises(BadInput, match="PNG, JPEG, WebP or GIF"):
        make_logo(picture(kind, size=(32, 32)))

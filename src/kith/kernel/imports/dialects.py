"""How a text file is written: encoding, separators, quotes; declared, or found by looking."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = [
    "cp1252",
    "cp1258",
    "cp1250",
    "cp1251",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp874",
    "cp1255",
    "cp1256",
]
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CHUNK = 1 << 18
_SAMPLE = 1 << 16
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Dialect:
    """How a text file is written. Empty `encoding` or `delimiter`: found by looking.

    `delimiter` and `terminator` may have several characters (`+|` and `&|`); `quote` empty means that quotes are
    plain characters. `header`: the first row after `skip` lines names the columns. `continued`: a row goes on
    over line breaks until it has as many cells as there are columns (exports that do not quote line breaks).
    """

    encoding: str = ""
    delimiter: str = ""
    terminator: str = ""
    quote: str = '"'
    header: bool = True
    skip: int = 0
    continued: bool = False
    sheet: str = ""
    format: str = ""
    null: str = ""


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def find_encoding(path: Path) -> str:
    """Return the encoding of a file: by its BOM, else UTF-8 where it is (mostly) that, else the likeliest legacy one.

    UTF-8 with a few broken bytes stays UTF-8, so that only their rows are rejected.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if (wide := _wide_without_bom(head)) is not None:
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _utf8_or_legacy(path)
    return "utf-8"


def _wide_without_bom(head: bytes) -> str | None:
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > half * 0.4 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _utf8_or_legacy(path: Path) -> str:
    good = bad = 0
    sample = bytearray()
    for chunk in _chunks(path):
        rest, sequences = _SEQUENCE.subn(b"", chunk)
        good += sequences
        bad += len(_HIGH.findall(rest))
        if len(sample) < _SAMPLE:
            lines = chunk.splitlines(keepends=True)
            sample += b"".join(line for line in lines if not line.isascii())[:_SAMPLE]
    if good >= bad:
        return "utf-8"
    import charset_normalizer  # noqa: PLC0415  (an idle process does without its megabytes)

    found = list(charset_normalizer.from_bytes(bytes(sample), cp_isolation=_LEGACY, steps=5, chunk_size=1024))
    if not found:
        return "cp1252"
    western = next((match for match in found if match.encoding == "cp1252"), None)
    if western and western.chaos <= found[0].chaos + 0.02 and western.coherence >= found[0].coherence - 0.2:
        return "cp1252"  # its neighbours differ in a few letters only, and it is far more common
    return found[0].encoding


def text_errors(encoding: str) -> str:
    """Return how undecodable bytes are carried so that a reader can see them: as surrogates, or as U+FFFD."""
    return "surrogateescape" if encoding in {"utf-8", "utf-8-sig", "ascii"} else "replace"


def find_delimiter(lines: list[str], quote: str) -> str:
    """Return the separator among `, ; TAB |` that cuts the most lines into the same number of cells (> 1)."""
    best, best_score = ",", (0, 0)
    for candidate in _SEPARATORS:
        counts = [_outside_quotes(line, quote).count(candidate) for line in lines if line.strip()]
        if not counts:
            continue
        usual = max(set(counts), key=lambda n: (counts.count(n), n))
        score = (counts.count(usual) if usual else 0, usual)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _outside_quotes(line: str, quote: str) -> str:
    if not quote or quote not in line:
        return line
    return "".join(line.split(quote)[0::2])


def complete(dialect: Dialect, path: Path) -> Dialect:
    """Return `dialect` with everything that was left to be found."""
    encoding = dialect.encoding or find_encoding(path)
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise BadInput(_("“%s” is not a known encoding.") % encoding[:40], field="encoding") from None
    if dialect.delimiter:
        return replace(dialect, encoding=encoding)
    lines: list[str] = []
    skip = dialect.skip
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        for _number in range(skip + 50):
            line = file.readline(_SAMPLE)
            if not line:
                break
            lines.append(line)
    lines = lines[skip:]
    if lines and (hint := re.match(r"^sep=(.)\r?\n?$", lines[0])):
        return replace(dialect, encoding=encoding, delimiter=hint[1], skip=skip + 1)
    return replace(dialect, encoding=encoding, delimiter=find_delimiter(lines, dialect.quote))

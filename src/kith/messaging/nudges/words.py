"""What a nudge says: a push holds a title and a sentence, an SMS fits into four parts with its link."""

from kith.messaging.deliveries.rendering import Rendering

PARTS = 4
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic alphabet of SMS (3GPP TS 23.038); with any other letter every letter takes two bytes."""
PUSH_BODY = 300


def room(words: str) -> int:
    """Return how many letters fit into four parts: 153 each in the basic alphabet, else 67."""
    return PARTS * (153 if set(words) <= _GSM else 67)


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` letters, cut at a word, with "..." where something was cut."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    kept = plain[: max(most - 3, 0)]
    head = kept.rsplit(" ", 1)[0] if " " in kept and len(kept.rsplit(" ", 1)[0]) >= most // 2 else kept
    return f"{head}..."


def sms(text: Rendering, *, sender: str, link: str) -> str:
    """Return an SMS: who writes, the title, as much of the text as fits, and always the whole link."""
    said = f"{sender}: {text.title}. {text.body}" if text.body != text.title else f"{sender}: {text.title}"
    whole = f"{' '.join(said.split())} {link}"
    most = room(whole)
    return whole if len(whole) <= most else f"{shortened(said, most - len(link) - 1)} {link}"

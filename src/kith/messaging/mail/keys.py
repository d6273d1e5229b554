"""Links that act for their reader: cut from what is kept of a mail once it went out, and from what a desk is shown."""

import re

from django.conf import settings


def cut(words: str) -> str:
    """Return words with the key of every link cut that signs in, acknowledges or unsubscribes without a password."""
    return re.sub(rf"({re.escape(settings.KITH_URL)}/[tm]/)[^/\s\"'<>]+", r"\1…", words)

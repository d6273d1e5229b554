"""A due time in words, in each of our languages."""

from datetime import datetime

from django.utils import timezone, translation

from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.texts import Text
from kith.portal.shell.words import when


def in_words(instant: datetime, *, zone: str) -> Text:
    """Return date and time in words in each language, in the zone of whoever reads it."""
    said = Text()
    for language in OUR_LANGUAGES:
        with translation.override(django_code(language)), timezone.override(zone):
            said[language] = when(instant)
    return said

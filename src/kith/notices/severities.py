"""How much a notice may disturb, quietest first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """How much a notice may disturb. Urgent breaks through quiet hours and needs a reason."""

    NEWS = "news", _("News")
    IMPORTANT = "important", _("Important")
    URGENT = "urgent", _("Urgent")


ORDER = tuple(Severity)


def at_least(severity: str, floor: str) -> bool:
    """Say whether `severity` disturbs as much as `floor` or more; with a `floor` of "" nothing does."""
    return bool(floor) and ORDER.index(Severity(severity)) >= ORDER.index(Severity(floor))

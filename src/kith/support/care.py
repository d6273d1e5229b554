"""What support gives to care: requests, and what is said in them, as signs that somebody is there."""

from django.utils.translation import gettext_lazy as _

from kith.care.signs import SIGNS, Sign

SIGNS.put(
    "request",
    Sign(
        _("a request for help"),
        "SELECT asker_id AS person_id, asked_at AS at FROM support_servicerequest "
        "UNION ALL SELECT author_id, at FROM support_saying WHERE NOT ours",
    ),
)

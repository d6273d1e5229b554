"""What content keeps on a person: who wrote and released news; its texts belong to the organization."""

from django.utils.translation import gettext_lazy as _

from kith.content.news.models import News, NewsText
from kith.people.privacy.shelf import HOLDINGS, Kept
from kith.people.privacy.tables import Table, Tables

HOLDINGS.put(
    "content.news",
    Tables(
        label=_("News you wrote or released for your organization."),
        tables=(
            Table(
                News,
                _("News I wrote"),
                ("public_id", "state", "created_at", "released_at", "withdrawn_at"),
                person=("author_id",),
                keeps=Kept(
                    _("News written for the organization stays; it names an identifier as author."),
                    "GDPR art. 17(3)(b)",
                ),
                mine=False,
            ),
            Table(
                NewsText,
                _("Texts I wrote"),
                ("language", "version", "title", "body", "released_at"),
                person=("news__author_id",),
                mine=False,
            ),
            Table(
                NewsText,
                _("Texts I released"),
                ("language", "version", "released_at"),
                person=("released_by_id",),
                mine=False,
            ),
        ),
        free={NewsText: ("title", "body")},
    ),
)

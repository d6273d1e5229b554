"""What notices keeps on a person: who wrote, released and was told; a notice belongs to the organization."""

from django.utils.translation import gettext_lazy as _

from kith.notices.board.models import MusterLink
from kith.notices.publishing.models import Approval, Escalation, Notice, NoticeVersion
from kith.notices.rulebook.models import Rulebook
from kith.people.privacy.shelf import HOLDINGS, Kept
from kith.people.privacy.tables import Table, Tables

HOLDINGS.put(
    "notices.notices",
    Tables(
        label=_("Notices you wrote or released for your organization, and lists of people you were sent as manager."),
        tables=(
            Table(
                Notice,
                _("Notices I wrote"),
                ("public_id", "state", "severity", "reason", "title", "body", "created_at", "published_at"),
                person=("author_id",),
                keeps=Kept(
                    _("Notices written for the organization stay as its proof; they name an identifier as author."),
                    "GDPR art. 17(3)(b)",
                ),
                mine=False,
            ),
            Table(
                NoticeVersion,
                _("Texts I released"),
                ("notice__public_id", "version", "released_at"),
                person=("released_by_id", "approved_by_id"),
                mine=False,
            ),
            Table(
                Escalation,
                _("Lists sent to me"),
                ("notice__public_id", "outstanding", "sent_at"),
                person=("manager_id", "sent_to_id"),
                mine=False,
            ),
            Table(
                Approval,
                _("What I asked a second person for, and decided as one"),
                ("notice__public_id", "kind", "asked_at", "granted", "decided_at", "why"),
                person=("asked_by_id", "decided_by_id"),
                mine=False,
            ),
            Table(
                Rulebook,
                _("Rules for notices I laid down"),
                ("version", "changed_at"),
                person=("changed_by_id",),
                mine=False,
            ),
            Table(
                MusterLink,
                _("Links for muster leaders I gave out"),
                ("notice__public_id", "label", "issued_at", "expires_at", "revoked_at"),
                person=("issued_by_id",),
                mine=False,
            ),
        ),
        refers={
            Notice: ("matter", "options"),
            NoticeVersion: ("approved_by",),
            Approval: ("asked_by", "decided_by", "payload"),
            Rulebook: ("changed_by", "ladder"),
            MusterLink: ("issued_by",),
        },
        free={
            Notice: ("title", "body", "reason", "matter"),
            NoticeVersion: ("title", "body", "diff"),
            Approval: ("payload", "why"),
            MusterLink: ("label",),
        },
    ),
)

"""What access keeps on a person: how they sign in, what they may, and who looked at their data."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.access.apitokens.models import ApiToken
from kith.access.grants.actions import keep_an_administrator
from kith.access.grants.models import Grant
from kith.access.kiosks.models import Kiosk, Pin
from kith.access.logins.models import Login
from kith.access.looks.actions import forget_old
from kith.access.looks.models import Look
from kith.access.sessions.models import Session
from kith.access.tokens.models import OneTimeToken
from kith.people.privacy.shelf import HOLDINGS, Erased, Kept, Retention
from kith.people.privacy.tables import Table, Tables, past

OLD_GRANTS_DAYS = 3 * 365


def _not_the_last(person_id: int, at: datetime) -> Erased:
    """Refuse to erase the last administrator, and end the roles of others."""
    keep_an_administrator(person_id=person_id, at=at)
    return Erased(Grant.objects.filter(person_id=person_id, until=None).update(until=at))


HOLDINGS.put(
    "access.signing-in",
    Tables(
        label=_("How you sign in, where you are signed in, and the keys of programs that speak for you."),
        tables=(
            Table(Session, _("Where I am signed in"), ("created_at", "last_seen_at", "expires_at"), deletes=True),
            Table(
                ApiToken,
                _("Keys of programs"),
                ("public_id", "name", "scopes", "created_at", "expires_at", "revoked_at"),
                deletes=True,
            ),
            Table(OneTimeToken, _("Links sent to me"), ("purpose", "expires_at", "used_at"), deletes=True),
            Table(Pin, _("My PIN at kiosks"), ("set_at", "void_at"), person=("login__person_id",), deletes=True),
            Table(Login, _("How I sign in"), ("username", "active", "created_at", "last_login"), deletes=True),
        ),
        refers={
            Session: ("login", "kiosk", "data", "roles"),
            OneTimeToken: ("subject",),
            Pin: ("login", "secret"),
            Login: ("password",),
            Kiosk: ("registered_by",),
        },
        free={Kiosk: ("name",)},
        retentions=(
            Retention(
                _("A session ends two weeks after it was used last; one-time links are forgotten after 90 days."),
                lambda _at: 0,
            ),
            Retention(
                _("Keys of programs are deleted a year after they ended."),
                past(ApiToken, column="expires_at", days=365),
            ),
        ),
    ),
)
HOLDINGS.put(
    "access.grants",
    Tables(
        label=_("What you may do here: roles, with their days."),
        tables=(
            Table(
                Grant,
                _("Roles"),
                ("role", "unit__name", "since", "until"),
                keeps=Kept(
                    _("Which roles the identifier held, and when: what was done in them stays explainable."),
                    "GDPR art. 5(2)",
                ),
            ),
        ),
        refers={Grant: ("granted_by",)},
        also=_not_the_last,
        retentions=(
            Retention(
                _("Roles that ended are deleted after three years."),
                past(Grant, column="until", days=OLD_GRANTS_DAYS),
            ),
        ),
    ),
)
HOLDINGS.put(
    "access.looks",
    Tables(
        label=_("Who looked at your data, and when."),
        tables=(
            Table(
                Look,
                _("Who looked"),
                ("what", "at"),
                keeps=Kept(_("Who looked at the data while it was there: identifiers only."), "GDPR art. 5(2), 32"),
            ),
        ),
        refers={Look: ("by_id",)},
        retentions=(Retention(_("Who looked at your data is kept for two years."), forget_old),),
    ),
)

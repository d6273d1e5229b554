"""What care keeps on a person: what one likes, gifts offered, and what programmes did."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.care.cards.models import GroupCard, Signing
from kith.care.errands.models import Errand
from kith.care.kin.models import Child
from kith.care.mutes.models import Mute
from kith.care.offers.models import GiftOffer
from kith.care.preferences.models import Preference, Wishes
from kith.care.programmes.models import Programme, ProgrammeVersion, Run, StepDone
from kith.care.silence.models import Presence
from kith.care.terms.models import Term
from kith.people.privacy.shelf import HOLDINGS, Retention
from kith.people.privacy.tables import Table, Tables, past

RUNS_DAYS = 2 * 365


def _expired(at: datetime) -> int:
    return Preference.objects.filter(expires_on__lt=at.date()).delete()[0]


def _grown(at: datetime) -> int:
    return Child.objects.filter(born_on__lt=at.date() - timedelta(days=RUNS_DAYS)).delete()[0]


HOLDINGS.put(
    "care.likes",
    Tables(
        label=_("What you said you like, dislike or cannot bear, to find a fitting gift and for nothing else."),
        tables=(
            Table(Preference, _("What I like"), ("kind", "value", "expires_on"), deletes=True),
            Table(Wishes, _("How I want care"), ("hour", "refused_at", "said_on"), deletes=True),
            Table(Child, _("Children I told of"), ("public_id", "name", "born_on", "consented_at"), deletes=True),
        ),
        retentions=(
            Retention(_("What you like is deleted when it expires; you are asked again."), _expired),
            Retention(_("A child you told of is forgotten after two years."), _grown),
        ),
    ),
)
HOLDINGS.put(
    "care.cards",
    Tables(
        label=_("Cards from colleagues that were handed over to you, and what you wrote on others'."),
        tables=(
            Table(
                GroupCard,
                _("Cards given to me"),
                ("public_id", "kind", "day", "delivered_at"),
                deletes=True,
                only=Q(delivered_at__isnull=False),
            ),
            Table(GroupCard, _("Cards under way"), (), deletes=True, only=Q(delivered_at__isnull=True)),
            Table(GroupCard, _("Cards I keep"), (), person=("organizer_id",), deletes=True),
            Table(Signing, _("What I wrote on cards"), ("words", "motif", "signed_at"), deletes=True),
        ),
        refers={Signing: ("card",)},
        retentions=(
            Retention(_("Cards are deleted after two years."), past(GroupCard, column="due_at", days=RUNS_DAYS)),
        ),
    ),
)
HOLDINGS.put(
    "care.dates",
    Tables(
        label=_("Last days of work, contracts and insurances, and when you were last here, to think of you in time."),
        tables=(
            Table(Term, _("What ends when"), ("public_id", "kind", "ends_on", "recorded_at"), deletes=True),
            Table(Presence, _("When I was last here"), ("at",), deletes=True),
        ),
        refers={Term: ("recorded_by_id",)},
        retentions=(
            Retention(_("A last day is deleted a year after it."), past(Term, column="ends_on", days=365)),
            Retention(_("When you were last here is deleted after two years."), past(Presence, column="at", days=731)),
        ),
    ),
)
HOLDINGS.put(
    "care.programmes",
    Tables(
        label=_("Greetings and gifts: what was offered to you and what you chose."),
        tables=(
            Table(
                GiftOffer,
                _("Gifts offered to me"),
                ("public_id", "budget", "currency", "offered_at", "until", "chosen_at", "gift"),
                deletes=True,
            ),
            Table(
                Errand,
                _("What others were asked to do for me"),
                ("public_id", "words", "at"),
                deletes=True,
            ),
            Table(
                Run,
                _("What care did"),
                ("public_id", "programme__name", "occasion", "due_at", "late", "state", "done_at"),
                deletes=True,
            ),
        ),
        refers={
            GiftOffer: ("run_id",),
            Run: ("programme", "version"),
            StepDone: ("run", "kindness"),
            Errand: ("run_id", "promise_id"),
            ProgrammeVersion: ("drafted_by_id", "released_by_id"),
        },
        free={Programme: ("name",), ProgrammeVersion: ("note",)},
        retentions=(
            Retention(
                _("What care did and offered is deleted after two years."),
                lambda at: (
                    past(GiftOffer, column="until", days=RUNS_DAYS)(at)
                    + past(Errand, column="at", days=RUNS_DAYS)(at)
                    + past(Run, column="done_at", days=RUNS_DAYS)(at)
                ),
            ),
        ),
    ),
)
HOLDINGS.put(
    "care.quiet",
    Tables(
        label=_("Days on which care leaves you alone; never why."),
        tables=(Table(Mute, _("Days on which care is silent"), ("since", "until", "recorded_at"), deletes=True),),
        refers={Mute: ("recorded_by_id",)},
        retentions=(
            Retention(
                _("Days on which care was silent are deleted a month after they end."),
                past(Mute, column="until", days=30),
            ),
        ),
    ),
)

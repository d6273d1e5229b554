"""The eight stories of the demo: as whom, where, and what to look at."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from kith.config.demo.cast import by_key


@dataclass(frozen=True)
class Story:
    """One story: the person to be, the page to open, and what to do there."""

    person: str
    url: str
    title: StrPromise
    text: StrPromise

    @property
    def name(self) -> str:
        """The name of the person to be."""
        role = by_key(self.person)
        return role.name if role else ""


STORIES = (
    Story(
        "lan", "/", _("Home at six in the morning"), _("Lan works on line 3 and has no mailbox: see what she must do.")
    ),
    Story(
        "anna", "/desk/notices/", _("An urgent notice"), _("Anna writes to the plants and sees who has not read it.")
    ),
    Story("lan", "/inbox/", _("A birthday"), _("It is Lan's birthday: move the clock past nine and look for a gift.")),
    Story("minh", "/store/sen/", _("The staff store"), _("Minh sees the public price, his own price, and why.")),
    Story("emily", "/bills/", _("A bill is due"), _("Emily opens her bill and pays it.")),
    Story("minh", "/ideas/", _("An idea"), _("Minh has an idea; someone owes him an answer, by a day.")),
    Story("hung", "/", _("A line manager"), _("Hùng gets the list of his own people once the notice is overdue.")),
    Story(
        "sam", "/admin/", _("An administrator"), _("Sam imports people, builds segments and looks after the kiosks.")
    ),
)

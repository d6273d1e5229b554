"""What content puts into the frame: its places."""

from django.utils.translation import gettext_lazy as _

from kith.content.news.rules import may_write
from kith.portal.shell.frame import PLACES, PlaceOffer

PLACES.put(
    "news",
    PlaceOffer("mine", _("News"), "/news/", "file-text", lambda request: request.person is not None, order=50),
)
PLACES.put(
    "desk-news",
    PlaceOffer("desk", _("News"), "/desk/news/", "file-text", lambda request: may_write(request.roles), order=25),
)

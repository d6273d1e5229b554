"""The words of care's automatic messages: each programme brings its own, they are listed here only."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Wording, put

put(
    Wording(
        code="care.greeting",
        title=Text(),
        body=Text(),
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A care programme greets somebody."),
        edited_at="/desk/care/",
    )
)

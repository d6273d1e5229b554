"""The words of support's automatic messages."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Placeholder, Wording, put

put(
    Wording(
        code="support.request-answered",
        title=Text(
            {
                "en": "Answered: {title}",
                "vi": "Đã trả lời: {title}",
                "zh-Hans": "已答复：{title}",
            }
        ),
        body=Text(
            {
                "en": "{name} has answered your request. If it does not help you, write again: another answer is owed to you then.",
                "vi": "{name} đã trả lời yêu cầu của bạn. Nếu chưa giúp được bạn, hãy viết tiếp: chúng tôi sẽ trả lời lại.",
                "zh-Hans": "{name} 已答复您的请求。若未能帮到您，请继续回复，我们会再次答复。",
            }
        ),
        placeholders={
            "title": Placeholder(_("The title of the request"), "The kettle leaks"),
            "name": Placeholder(_("Who answered"), "Emily Clark"),
        },
        message_class=MessageClass.SERVICE,
        when=_("A request was answered."),
    )
)

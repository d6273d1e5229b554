"""The words of support's automatic messages."""

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Wording, put

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
        placeholders=("title", "name"),
        message_class=MessageClass.SERVICE,
    )
)

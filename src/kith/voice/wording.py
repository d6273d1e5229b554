"""The words of voice's automatic messages."""

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Wording, put

put(
    Wording(
        code="voice.idea-received",
        title=Text(
            {
                "en": "We have your idea: {title}",
                "vi": "Chúng tôi đã nhận ý tưởng của bạn: {title}",
                "zh-Hans": "已收到您的建议：{title}",
            }
        ),
        body=Text(
            {
                "en": "{name} owes you an answer by {due}. Should somebody else take over, you will be told.",
                "vi": "{name} phải trả lời bạn trước {due}. Nếu người khác tiếp nhận, bạn sẽ được báo.",
                "zh-Hans": "{name} 将在 {due} 之前答复您。如改由他人负责，会通知您。",
            }
        ),
        placeholders=("title", "name", "due"),
        message_class=MessageClass.SERVICE,
    )
)
put(
    Wording(
        code="voice.idea-answered",
        title=Text(
            {
                "en": "Your idea has an answer: {title}",
                "vi": "Ý tưởng của bạn đã có câu trả lời: {title}",
                "zh-Hans": "您的建议有了答复：{title}",
            }
        ),
        body=Text(
            {
                "en": "{name} has answered. Tell us whether it is an answer for you; if not, you get another one.",
                "vi": "{name} đã trả lời. Hãy cho biết câu trả lời có thỏa đáng không; nếu không, bạn sẽ được trả lời lại.",
                "zh-Hans": "{name} 已答复。请告诉我们这个答复是否清楚；如果不清楚，您会得到新的答复。",
            }
        ),
        placeholders=("title", "name"),
        message_class=MessageClass.TRANSACTIONAL,
    )
)

"""The words of voice's automatic messages."""

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Wording, put

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

"""The words of notices' automatic messages."""

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity
from kith.messaging.wording.shelf import Wording, put

put(
    Wording(
        code="notices.outstanding",
        title=Text(
            {
                "en": "{number} of your people have not acknowledged: {title}",
                "vi": "{number} người của bạn chưa xác nhận: {title}",
                "zh-Hans": "你有 {number} 位员工尚未确认：{title}",
            }
        ),
        body=Text(
            {
                "en": "The time to acknowledge is over. Open the list, and talk to those who may not have seen it.",
                "vi": "Đã hết hạn xác nhận. Hãy mở danh sách và trao đổi với những người có thể chưa đọc.",
                "zh-Hans": "确认期限已过。请打开名单，与可能尚未看到的同事沟通。",
            }
        ),
        placeholders=("number", "title"),
        message_class=MessageClass.TRANSACTIONAL,
        severity=Severity.IMPORTANT,
    )
)

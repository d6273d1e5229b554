"""The words of the summary mail."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Placeholder, Wording, put

DIGEST = put(
    Wording(
        code="messaging.digest",
        title=Text(
            {"en": "Your summary: {count}", "vi": "Bản tóm tắt của bạn: {count}", "zh-Hans": "你的摘要：{count}"}
        ),
        body=Text(
            {
                "en": "This came since your last summary and is not read yet.",
                "vi": "Đây là những gì đã đến từ bản tóm tắt trước và bạn chưa đọc.",
                "zh-Hans": "以下是自上次摘要以来收到且尚未阅读的内容。",
            }
        ),
        placeholders={"count": Placeholder(_("How many messages it holds"), "3")},
        message_class=MessageClass.SERVICE,
        when=_("Somebody chose to be told of a kind once a day or a week."),
    )
)

"""The words of webhooks' automatic messages."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity
from kith.messaging.wording.shelf import Placeholder, Wording, put

put(
    Wording(
        code="messaging.webhook-stopped",
        title=Text(
            {
                "en": "The webhook “{label}” was stopped",
                "vi": "Webhook “{label}” đã bị dừng",
                "zh-Hans": "Webhook“{label}”已停止",
            }
        ),
        body=Text(
            {
                "en": "Its receiver took nothing for three days, or said that it is gone. Nothing is lost: see its last tries, and resume it when the receiver is back.",
                "vi": "Bên nhận không nhận gì trong ba ngày, hoặc báo rằng không còn nữa. Không có gì bị mất: hãy xem các lần gửi gần nhất và bật lại khi bên nhận hoạt động trở lại.",
                "zh-Hans": "接收方三天内未接收任何内容，或表示已不存在。没有任何内容丢失：请查看最近的发送记录，待接收方恢复后重新启用。",
            }
        ),
        placeholders={"label": Placeholder(_("The name of the webhook"), "ERP")},
        message_class=MessageClass.TRANSACTIONAL,
        severity=Severity.IMPORTANT,
        when=_("A webhook has failed for three days and was stopped."),
    )
)

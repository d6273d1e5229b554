"""The words of notices' automatic messages."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity
from kith.messaging.wording.shelf import Placeholder, Wording, put

_TITLE = Placeholder(_("The title of the notice"), "Line 3 stands still")

put(
    Wording(
        code="notices.outstanding",
        title=Text(
            {
                "en": "Some of your people have not answered: {title}",
                "vi": "Một số người của bạn chưa trả lời: {title}",
                "zh-Hans": "你的部分员工尚未回复：{title}",
            }
        ),
        body=Text(
            {
                "en": "The time to answer is over. Open the list, and talk to those who may not have seen it.",
                "vi": "Đã hết hạn trả lời. Hãy mở danh sách và trao đổi với những người có thể chưa đọc.",
                "zh-Hans": "回复期限已过。请打开名单，与可能尚未看到的同事沟通。",
            }
        ),
        placeholders={"title": _TITLE},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A manager's own people have not answered a notice in time."),
        severity=Severity.IMPORTANT,
    )
)
put(
    Wording(
        code="notices.reminder",
        title=Text({"en": "Not answered yet: {title}", "vi": "Chưa trả lời: {title}", "zh-Hans": "尚未回复：{title}"}),
        body=Text(
            {
                "en": "Your answer is still missing and the time is over. Please open it and answer now.",
                "vi": "Vẫn chưa có câu trả lời của bạn và đã hết hạn. Hãy mở ra và trả lời ngay.",
                "zh-Hans": "期限已过，我们仍未收到你的回复。请现在打开并回复。",
            }
        ),
        placeholders={"title": _TITLE},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("Somebody has not answered a notice in time."),
        severity=Severity.IMPORTANT,
    )
)
put(
    Wording(
        code="notices.approval-asked",
        title=Text(
            {
                "en": "{name} asks for a second person: {title}",
                "vi": "{name} cần người thứ hai đồng ý: {title}",
                "zh-Hans": "{name} 请第二人同意：{title}",
            }
        ),
        body=Text(
            {
                "en": "It goes out as soon as you or another second person agrees. Open it, read the text, say yes or no.",
                "vi": "Thông báo sẽ được gửi ngay khi bạn hoặc người thứ hai khác đồng ý. Hãy mở, đọc và trả lời có hoặc không.",
                "zh-Hans": "只要你或另一位第二人同意，通知就会发出。请打开阅读，然后回答同意或不同意。",
            }
        ),
        placeholders={"name": Placeholder(_("Who wants to send it"), "Emily Clark"), "title": _TITLE},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A notice needs the consent of a second person."),
        severity=Severity.IMPORTANT,
    )
)
put(
    Wording(
        code="notices.approval-refused",
        title=Text({"en": "Not agreed: {title}", "vi": "Không được đồng ý: {title}", "zh-Hans": "未获同意：{title}"}),
        body=Text(
            {
                "en": "The second person did not agree: {why}",
                "vi": "Người thứ hai không đồng ý: {why}",
                "zh-Hans": "第二人不同意：{why}",
            }
        ),
        placeholders={"title": _TITLE, "why": Placeholder(_("Why the second person said no"), "The time is wrong")},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("The second person did not agree to a notice."),
        severity=Severity.IMPORTANT,
    )
)

"""The words of mails that carry a one-time link, and the test mail of the first steps."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Placeholder, Wording, put

_NAME = Placeholder(_("The name of whoever gets it"), "Lan")


def _said(code: str, title: dict[str, str], body: dict[str, str], when: StrOrPromise) -> Wording:
    return put(
        Wording(
            code=f"access.{code}",
            title=Text(title),
            body=Text(body),
            placeholders={"name": _NAME},
            message_class=MessageClass.TRANSACTIONAL,
            when=when,
        )
    )


_ONCE = {
    "en": "Hello {name},\n\nthis link works once and for a short time. If you did not ask for it, you need do nothing.",
    "vi": "Chào {name},\n\nliên kết này chỉ dùng được một lần và trong thời gian ngắn. Nếu bạn không yêu cầu, bạn không cần làm gì.",
    "zh-Hans": "{name}，你好：\n\n此链接只能使用一次，很快会失效。如果不是你要求的，无需理会。",
}
_said(
    "sign-in",
    {"en": "Your link to sign in", "vi": "Liên kết đăng nhập của bạn", "zh-Hans": "你的登录链接"},
    _ONCE,
    _("Somebody asks for a link to sign in."),
)
_said(
    "set-password",
    {"en": "Your link to set a password", "vi": "Liên kết đặt mật khẩu của bạn", "zh-Hans": "你的密码设置链接"},
    _ONCE,
    _("Somebody asks for a link to set a password, or is invited."),
)
_said(
    "mail-test",
    {"en": "Mail from Kith arrives", "vi": "Thư từ Kith đã đến", "zh-Hans": "Kith 的邮件已送达"},
    {
        "en": "Hello {name},\n\nthis mail was asked for to see whether mail arrives. It does: open the link and say so.",
        "vi": "Chào {name},\n\nthư này được yêu cầu để xem thư có đến không. Nó đã đến: hãy mở liên kết và xác nhận.",
        "zh-Hans": "{name}，你好：\n\n这封邮件是为了确认邮件能否送达。它到了：请打开链接告诉我们。",
    },
    _("Whoever sets Kith up tries whether mail arrives."),
)
LINK = _said(
    "link",
    {"en": "Your link", "vi": "Liên kết của bạn", "zh-Hans": "你的链接"},
    {
        "en": "Hello {name},\n\nthis is the link you asked for. It works without signing in, so pass it to nobody.",
        "vi": "Chào {name},\n\nđây là liên kết bạn đã xin. Liên kết dùng được mà không cần đăng nhập, nên đừng chuyển cho ai.",
        "zh-Hans": "{name}，你好：\n\n这是你索取的链接。它无需登录即可使用，请不要转给别人。",
    },
    _("Somebody asks for a link to their own matter without signing in."),
)

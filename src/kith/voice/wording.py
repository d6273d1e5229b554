"""The words of voice's automatic messages."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Placeholder, Wording, put

_TITLE = Placeholder(_("The title of the idea"), "A kettle for the night shift")
_NAME = Placeholder(_("Who answers"), "Emily Clark")

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
        placeholders={"title": _TITLE, "name": _NAME, "due": Placeholder(_("When the answer is due"), "1.4.2027")},
        message_class=MessageClass.SERVICE,
        when=_("Somebody has handed in an idea."),
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
        placeholders={"title": _TITLE, "name": _NAME},
        message_class=MessageClass.TRANSACTIONAL,
        when=_("An idea was answered."),
    )
)


def _said(
    code: str,
    title: tuple[str, str, str],
    body: tuple[str, str, str],
    when: StrOrPromise,
    **others: Placeholder,
) -> None:
    languages = ("en", "vi", "zh-Hans")
    put(
        Wording(
            code=f"voice.{code}",
            title=Text(dict(zip(languages, title, strict=True))),
            body=Text(dict(zip(languages, body, strict=True))),
            placeholders={"title": _TITLE, **others},
            message_class=MessageClass.TRANSACTIONAL,
            when=when,
        )
    )


_said(
    "idea-read",
    ("Your idea was read: {title}", "Ý tưởng của bạn đã được đọc: {title}", "您的建议已被阅读：{title}"),
    (
        "{name} has read it. The answer follows.",
        "{name} đã đọc. Câu trả lời sẽ đến sau.",
        "{name} 已阅读，随后会给出答复。",
    ),
    _("Whoever owes the answer has read the idea."),
    name=_NAME,
)
_said(
    "idea-answered-too",
    (
        "An idea that you had too has an answer: {title}",
        "Ý tưởng mà bạn cũng từng có đã được trả lời: {title}",
        "您也有过的建议有了答复：{title}",
    ),
    ("{name} has answered.", "{name} đã trả lời.", "{name} 已答复。"),
    _("An idea into which others were merged was answered."),
    name=_NAME,
)
_said(
    "idea-merged",
    (
        "Others had your idea too: {title}",
        "Người khác cũng có ý tưởng giống bạn: {title}",
        "其他人也有同样的建议：{title}",
    ),
    (
        "It is answered together with “{other}”. You get the answer and the credit all the same.",
        "Ý tưởng được trả lời chung với “{other}”. Bạn vẫn được trả lời và được ghi nhận.",
        "它将与“{other}”一并答复。您同样会得到答复和认可。",
    ),
    _("An idea was merged with another one."),
    other=Placeholder(_("The title of the other idea"), "A second kettle"),
)
_said(
    "idea-done",
    (
        "Your idea was put into practice: {title}",
        "Ý tưởng của bạn đã thành hiện thực: {title}",
        "您的建议已实施：{title}",
    ),
    (
        "{name} reports that it is done. Thank you: points of recognition are yours.",
        "{name} báo đã làm xong. Cảm ơn bạn: bạn được cộng điểm ghi nhận.",
        "{name} 报告已完成。谢谢您：您获得了认可积分。",
    ),
    _("An idea was put into practice."),
    name=_NAME,
)
_said(
    "idea-without-a-name",
    (
        "Words without a name wait for you: {title}",
        "Có lời không nêu tên đang chờ bạn: {title}",
        "有匿名建议等待您：{title}",
    ),
    (
        "Please read them and answer; the author comes back with a receipt.",
        "Hãy đọc và trả lời; tác giả sẽ quay lại với mã biên nhận.",
        "请阅读并答复；提出者会凭回执回来查看。",
    ),
    _("Somebody without a name has written to those on duty."),
)

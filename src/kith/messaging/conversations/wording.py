"""The words of what conversations send by themselves."""

from django.utils.translation import gettext_lazy as _

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass, Severity
from kith.messaging.wording.shelf import Placeholder, Wording, put

_DECIDED = {"words": Placeholder(_("What the moderator says"), "It insults a colleague.")}

put(
    Wording(
        code="messaging.unread",
        title=Text(
            {
                "en": "Unread messages: {number}",
                "vi": "Tin nhắn chưa đọc: {number}",
                "zh-Hans": "未读消息：{number} 条",
            }
        ),
        body=Text(
            {
                "en": "While you were away, colleagues wrote to you. Conversations with something new: {places}.",
                "vi": "Khi bạn vắng mặt, đồng nghiệp đã nhắn cho bạn. Số cuộc trò chuyện có tin mới: {places}.",
                "zh-Hans": "您不在时，同事给您发了消息。有新消息的会话：{places} 个。",
            }
        ),
        placeholders={
            "number": Placeholder(_("How many messages are unread"), "3"),
            "places": Placeholder(_("In how many conversations"), "2"),
        },
        message_class=MessageClass.SERVICE,
        severity=Severity.NORMAL,
        when=_("Messages have been unread for five minutes and their reader is away."),
    )
)
put(
    Wording(
        code="messaging.report-reporter-removed",
        title=Text(
            {
                "en": "The message you reported was removed",
                "vi": "Tin nhắn bạn báo cáo đã bị gỡ",
                "zh-Hans": "您举报的消息已被移除",
            }
        ),
        body=Text(
            {
                "en": "A moderator decided: {words}",
                "vi": "Người điều phối quyết định: {words}",
                "zh-Hans": "管理员的决定：{words}",
            }
        ),
        placeholders=_DECIDED,
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A reported message was removed: to who reported it."),
    )
)
put(
    Wording(
        code="messaging.report-reporter-kept",
        title=Text(
            {
                "en": "The message you reported stays",
                "vi": "Tin nhắn bạn báo cáo được giữ lại",
                "zh-Hans": "您举报的消息予以保留",
            }
        ),
        body=Text(
            {
                "en": "A moderator decided: {words}",
                "vi": "Người điều phối quyết định: {words}",
                "zh-Hans": "管理员的决定：{words}",
            }
        ),
        placeholders=_DECIDED,
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A reported message stays: to who reported it."),
    )
)
put(
    Wording(
        code="messaging.report-author-removed",
        title=Text(
            {
                "en": "A message of yours was removed",
                "vi": "Một tin nhắn của bạn đã bị gỡ",
                "zh-Hans": "您的一条消息已被移除",
            }
        ),
        body=Text(
            {
                "en": "A moderator decided: {words} You find the decision with its date under Messages, Moderation.",
                "vi": "Người điều phối quyết định: {words} Bạn xem quyết định và ngày tại Tin nhắn, Điều phối.",
                "zh-Hans": "管理员的决定：{words} 您可在“消息”的“管理记录”中查看该决定及日期。",
            }
        ),
        placeholders=_DECIDED,
        message_class=MessageClass.TRANSACTIONAL,
        when=_("A reported message was removed: to its author."),
    )
)

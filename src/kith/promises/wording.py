"""The words of promises' automatic messages. They name the kind of a promise and never its subject."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.kernel.texts import Text
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import Placeholder, Wording, put

_ALL = {
    "kind": Placeholder(_("The kind of promise"), Text({"en": "Answer", "vi": "Câu trả lời", "zh-Hans": "答复"})),
    "who": Placeholder(_("Who owes it now"), "Emily Clark"),
    "before": Placeholder(_("Who owed it before"), "Trần Thị Lan"),
    "until": Placeholder(
        _("The new time"), Text({"en": "1 Apr 2027, 12:00", "vi": "12:00 1/4/2027", "zh-Hans": "2027年4月1日 12:00"})
    ),
    "reason": Placeholder(_("The reason that was given"), "We wait for the supplier"),
}


def _said(code: str, title: dict[str, str], body: dict[str, str], when: StrOrPromise, *names: str) -> None:
    put(
        Wording(
            code=f"promises.{code}",
            title=Text(title),
            body=Text(body),
            placeholders={name: _ALL[name] for name in names},
            message_class=MessageClass.TRANSACTIONAL,
            when=when,
        )
    )


_said(
    "passed-on-owner",
    {"en": "Yours now: {kind}", "vi": "Nay là việc của bạn: {kind}", "zh-Hans": "现在由你负责：{kind}"},
    {
        "en": "You take over from {before}. The due time is unchanged.",
        "vi": "Bạn tiếp nhận từ {before}. Hạn không đổi.",
        "zh-Hans": "你从 {before} 接手。期限不变。",
    },
    _("Somebody takes a promise over: to the new owner."),
    "kind",
    "before",
)
_said(
    "passed-on-waiting",
    {"en": "In other hands: {kind}", "vi": "Đã chuyển người khác: {kind}", "zh-Hans": "已转交他人：{kind}"},
    {
        "en": "{who} takes care of it now, in place of {before}.",
        "vi": "{who} nay lo việc này, thay cho {before}.",
        "zh-Hans": "现在由 {who} 代替 {before} 负责。",
    },
    _("Somebody takes a promise over: to whoever waits."),
    "kind",
    "who",
    "before",
)
_said(
    "overdue-owner",
    {"en": "Overdue: {kind}", "vi": "Quá hạn: {kind}", "zh-Hans": "已逾期：{kind}"},
    {
        "en": "Keep it, pass it on, or set a new due time with a reason.",
        "vi": "Hãy giữ lời, chuyển giao, hoặc đặt hạn mới kèm lý do.",
        "zh-Hans": "请兑现、转交，或说明理由并设定新的期限。",
    },
    _("A promise is overdue: to its owner."),
    "kind",
)
_said(
    "overdue-helper",
    {"en": "Overdue: {kind}", "vi": "Quá hạn: {kind}", "zh-Hans": "已逾期：{kind}"},
    {
        "en": "{who} has not kept it in time. Please see to it.",
        "vi": "{who} đã không giữ đúng hạn. Xin bạn lo việc này.",
        "zh-Hans": "{who} 未能按时兑现，请跟进。",
    },
    _("A promise is overdue: to the one who is asked to help."),
    "kind",
    "who",
)
_said(
    "overdue-waiting",
    {"en": "Overdue: {kind}", "vi": "Quá hạn: {kind}", "zh-Hans": "已逾期：{kind}"},
    {
        "en": "We are late, and sorry. {who} owes it to you, and the next one up was told.",
        "vi": "Chúng tôi đã trễ, xin lỗi bạn. {who} nợ bạn việc này, và cấp trên đã được báo.",
        "zh-Hans": "我们迟了，很抱歉。此事由 {who} 负责，并已告知其上级。",
    },
    _("A promise is overdue: to whoever waits."),
    "kind",
    "who",
)
_said(
    "extended",
    {"en": "It takes longer: {kind}", "vi": "Cần thêm thời gian: {kind}", "zh-Hans": "需要更长时间：{kind}"},
    {
        "en": "New due time: {until}. Why: {reason}",
        "vi": "Hạn mới: {until}. Lý do: {reason}",
        "zh-Hans": "新的期限：{until}。原因：{reason}",
    },
    _("A promise got a new due time."),
    "kind",
    "until",
    "reason",
)
_said(
    "paused",
    {"en": "The clock stands still: {kind}", "vi": "Thời hạn tạm dừng: {kind}", "zh-Hans": "计时暂停：{kind}"},
    {
        "en": "{who} looks at it again on {until}. Why: {reason}",
        "vi": "{who} sẽ xem lại vào {until}. Lý do: {reason}",
        "zh-Hans": "{who} 将于 {until} 再次查看。原因：{reason}",
    },
    _("The clock of a promise was stopped."),
    "kind",
    "who",
    "until",
    "reason",
)
_said(
    "asked-owner",
    {"en": "{before} asks you: {kind}", "vi": "{before} nhờ bạn: {kind}", "zh-Hans": "{before} 请求你：{kind}"},
    {
        "en": "It is yours until {until}. Open it to read what is asked, to keep it, or to pass it on.",
        "vi": "Việc này của bạn đến {until}. Hãy mở ra để đọc, thực hiện hoặc chuyển giao.",
        "zh-Hans": "在 {until} 之前由你负责。打开即可查看请求的内容、兑现或转交。",
    },
    _("Somebody asked for a promise: to whoever owes it."),
    "kind",
    "before",
    "until",
)
_said(
    "given-waiting",
    {"en": "Promised to you: {kind}", "vi": "Đã hứa với bạn: {kind}", "zh-Hans": "已向你承诺：{kind}"},
    {
        "en": "{who} owes it to you until {until}. Open it to read what was promised.",
        "vi": "{who} nợ bạn việc này đến {until}. Hãy mở ra để đọc lời hứa.",
        "zh-Hans": "{who} 承诺在 {until} 之前完成。打开即可查看承诺的内容。",
    },
    _("Somebody promised something by hand: to whoever waits."),
    "kind",
    "who",
    "until",
)
_said(
    "kept-waiting",
    {"en": "Kept: {kind}", "vi": "Đã giữ lời: {kind}", "zh-Hans": "已兑现：{kind}"},
    {
        "en": "{who} writes: {reason}",
        "vi": "{who} viết: {reason}",
        "zh-Hans": "{who} 写道：{reason}",
    },
    _("A promise made by hand was kept: to whoever waits."),
    "kind",
    "who",
    "reason",
)
_said(
    "withdrawn-waiting",
    {"en": "No longer owed: {kind}", "vi": "Không còn nợ: {kind}", "zh-Hans": "不再负有：{kind}"},
    {
        "en": "{who} owed it to you. Why it is withdrawn: {reason}",
        "vi": "{who} từng nợ bạn việc này. Lý do rút lại: {reason}",
        "zh-Hans": "此事原由 {who} 负责。撤回的原因：{reason}",
    },
    _("A promise made by hand was withdrawn: to whoever waits."),
    "kind",
    "who",
    "reason",
)

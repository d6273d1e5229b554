"""What has happened in the demo organization before one looks: segments, notices, an order, a bill that is due."""

from datetime import datetime, timedelta

from kith.commerce.orders.actions import CheckOut, place_order
from kith.commerce.products.models import Product
from kith.commerce.stores.models import Store
from kith.config.demo.organization import Built
from kith.content.news.actions import release, write
from kith.kernel.texts import Text
from kith.notices.publishing.actions import publish, write_draft
from kith.notices.severities import Severity
from kith.people.models import Person, Segment
from kith.people.segments.actions import save_segment
from kith.support.requests.actions import ask
from kith.support.requests.models import Topic

_RECALL_TITLE = Text(
    {
        "en": "Stop line 3: glass splinters possible in lot L-2611",
        "vi": "Dừng chuyền 3: lô L-2611 có thể có mảnh thủy tinh",
        "zh-Hans": "3号线停机：L-2611 批次可能有玻璃碎片",
    }
)
_RECALL_BODY = Text(
    {
        "en": "Stop filling on line 3 at once. Put every bottle of lot L-2611 aside and mark it red.\n\n"
        "Tell your shift leader when it is done. Quality takes samples from 14:00.",
        "vi": "Dừng chiết rót ở chuyền 3 ngay lập tức. Để riêng mọi chai thuộc lô L-2611 và dán nhãn đỏ.\n\n"
        "Báo cho trưởng ca khi xong. Bộ phận chất lượng lấy mẫu từ 14:00.",
        "zh-Hans": "请立即停止3号线灌装，将 L-2611 批次的所有瓶子单独放置并贴红色标签。\n\n完成后告知班组长。质量部门从14:00开始取样。",
    }
)
_NEWS_TITLE = Text(
    {
        "en": "Our water use fell by a fifth",
        "vi": "Lượng nước sử dụng giảm một phần năm",
        "zh-Hans": "我们的用水量减少了五分之一",
    }
)
_NEWS_BODY = Text(
    {
        "en": "Since spring every plant rinses with water that was used once before. Thank you to all who had a hand in it.",
        "vi": "Từ mùa xuân, mọi nhà máy đều rửa bằng nước đã dùng một lần. Cảm ơn tất cả những ai đã góp sức.",
        "zh-Hans": "自春季以来，每家工厂都用循环水进行冲洗。感谢所有参与的人。",
    }
)


def draw_segments(built: Built, *, at: datetime) -> dict[str, Segment]:
    """Save the segments that the stories use."""
    plants = [site.code for site in built.sites.values() if site.code in {"VN-BD", "CN-SZ", "DE-LE", "US-SV", "BR-RE"}]
    place = {"attribute": "site", "is": plants}
    return {
        "plants": save_segment(
            code="plants",
            name=Text({"en": "Everyone in a plant", "vi": "Mọi người ở nhà máy", "zh-Hans": "所有工厂员工"}),
            rule={"all": [{"attribute": "tie", "is": ["employee"]}, place]},
            at=at,
            by_id=None,
        ),
        "vietnam": save_segment(
            code="vietnam",
            name=Text({"en": "Employees in Vietnam", "vi": "Nhân viên tại Việt Nam", "zh-Hans": "越南员工"}),
            rule={"all": [{"attribute": "tie", "is": ["employee"]}, {"attribute": "country", "is": ["VN"]}]},
            at=at,
            by_id=None,
        ),
        "night": save_segment(
            code="night",
            name=Text({"en": "Night shift in the plants", "vi": "Ca đêm ở các nhà máy", "zh-Hans": "工厂夜班"}),
            rule={"all": [{"attribute": "shift", "is": ["night"]}, place]},
            at=at,
            by_id=None,
        ),
    }


def publish_notices(cast: dict[str, Person], segments: dict[str, Segment], *, at: datetime) -> None:
    """Publish one urgent notice to the plants and one piece of news to Vietnam."""
    urgent = write_draft(
        author=cast["anna"], title=_RECALL_TITLE, body=_RECALL_BODY, severity=Severity.URGENT,
        reason="Glass in a bottle can hurt people.", segment=segments["plants"], due_at=at + timedelta(hours=4), at=at,
    )  # fmt: skip
    publish(notice=urgent, by=cast["anna"], at=at)
    news = write_draft(
        author=cast["anna"], title=_NEWS_TITLE, body=_NEWS_BODY, severity=Severity.NEWS, segment=segments["vietnam"],
        needs_acknowledgement=False, at=at,
    )  # fmt: skip
    publish(notice=news, by=cast["anna"], at=at)


def place_orders(cast: dict[str, Person], store: Store, *, at: datetime) -> None:
    """Let the customer order on account, so that a bill is due, and the driver buy at his staff price."""
    products = list(Product.objects.order_by("id")[:3])
    for key, method, quantity, details in (("emily", "bill", 4, {}), ("minh", "payroll", 2, {"consent": "yes"})):
        person = cast[key]
        place_order(
            asked=CheckOut(
                store=store.code, method=method, ship_to="1 Lotus Street", language=person.language,
                lines={products[0].pk: quantity, products[2].pk: 1}, details=details,
            ),
            by=person, caller=f"demo:{key}", idempotency_key=f"demo-{key}", at=at,
        )  # fmt: skip


def ask_for_help(cast: dict[str, Person], *, at: datetime) -> None:
    """Let a customer wait for the answer to a question."""
    ask(
        asker=cast["emily"],
        topic=Topic.PRODUCT,
        title="Which of your teas are free of caffeine?",
        text="I am looking for a present for my mother, who may not have caffeine.",
        at=at - timedelta(hours=3),
    )


def release_news(cast: dict[str, Person], segments: dict[str, Segment], *, at: datetime) -> None:
    """Release a text to everyone in a plant."""
    title = Text(
        {"en": "The tea hall opens in May", "vi": "Phòng trà khai trương vào tháng Năm", "zh-Hans": "茶厅五月开放"}
    )
    body = Text(
        {
            "en": "After two years the hall is ready: light, quiet, with room for every shift.\n\nThe first cup is on us.",
            "vi": "Sau hai năm, phòng trà đã sẵn sàng: sáng, yên tĩnh, đủ chỗ cho mọi ca.\n\nTách trà đầu tiên là của chúng tôi mời.",
            "zh-Hans": "历时两年，茶厅终于落成：明亮、安静，每个班次都有位置。\n\n第一杯茶由公司请。",
        }
    )
    news = write(author=cast["anna"], title=title, body=body, segment=segments["plants"], at=at - timedelta(days=2))
    release(news=news, by=cast["anna"], at=at - timedelta(days=2))

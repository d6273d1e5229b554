"""The ideas of the demo: one that waits, one merged, one for a campaign, one declined with its reason, one that was done."""

from datetime import datetime, timedelta
from decimal import Decimal

from kith.kernel.texts import Text
from kith.people.models import Person, Segment
from kith.promises.commitments.models import Promise
from kith.voice.campaigns.actions import Question, Wanted, open_campaign, set_limit, set_terms
from kith.voice.ideas import actions, answering, finishing, merging
from kith.voice.ideas.answering import Answer
from kith.voice.ideas.models import Category, Idea, IdeaState, Reason
from kith.voice.ideas.queries import promise_of

NO_ROLES: frozenset[str] = frozenset()
_TITLE = Text(
    {"en": "A cooler summer in the halls", "vi": "Mùa hè mát hơn trong xưởng", "zh-Hans": "让车间的夏天更凉爽"}
)
_QUESTION = Text(
    {
        "en": "What would make the hottest weeks easier where you work? We have a budget and begin before June.",
        "vi": "Điều gì giúp những tuần nóng nhất dễ chịu hơn ở nơi bạn làm việc? Chúng tôi có ngân sách và bắt đầu trước tháng Sáu.",
        "zh-Hans": "怎样能让您工作的地方在最热的几周好过一些？我们有预算，六月前开始。",
    }
)


def have_ideas(cast: dict[str, Person], segments: dict[str, Segment], *, at: datetime) -> None:
    """Let people have ideas, and let those who owe the answers give most of them."""
    set_terms(
        wanted=Wanted(manager_amount=Decimal(20_000_000), staff_amount=Decimal(1_000_000), done_public=True),
        at=at - timedelta(days=120), by_id=None,
    )  # fmt: skip
    set_limit(person=cast["hung"], amount=Decimal(50_000_000), valid_from=(at - timedelta(days=120)).date(), by_id=None)
    _done(cast, at=at)
    _declined(cast, at=at)
    _waiting_and_merged(cast, at=at)
    _campaign(cast, segments, at=at)


def _owner(idea: Idea) -> Person:
    promise: Promise | None = promise_of(idea)
    if promise is None or promise.owner is None:
        message = f"Nobody owes the answer to {idea.title!r}."
        raise LookupError(message)
    return promise.owner


def _done(cast: dict[str, Person], *, at: datetime) -> None:
    idea = actions.submit(
        author=cast["lan"], title="Ghế ngồi có tựa ở chuyền 3",
        text="Ca đêm phải đứng suốt tám tiếng. Ghế cao có tựa giúp chúng tôi đỡ mỏi mà vẫn nhìn thấy băng chuyền.",
        category=Category.WORKDAY, at=at - timedelta(days=80),
    )  # fmt: skip
    owner = _owner(idea)
    said = Answer(
        IdeaState.PLANNED, "Cảm ơn Lan. Chúng tôi đặt mười hai ghế và lắp trong tháng sau.",
        cost=Decimal(18_000_000), until=(at - timedelta(days=40)).date(),
    )  # fmt: skip
    idea = answering.answer(idea=idea, by=owner, roles=NO_ROLES, said=said, at=at - timedelta(days=72))
    idea = finishing.implement(
        idea=idea, by=owner, roles=NO_ROLES, at=at - timedelta(days=45),
        outcome="Mười hai ghế cao có tựa đã ở chuyền 3. Số ca báo đau lưng giảm một nửa trong tháng đầu.",
    )  # fmt: skip
    actions.rate(idea=idea, by=cast["lan"], understood=True, stars=5, words="Cảm ơn!", at=at - timedelta(days=44))


def _declined(cast: dict[str, Person], *, at: datetime) -> None:
    idea = actions.submit(
        author=cast["jonas"], title="Let the laboratory work from home on Fridays",
        text="Most of Friday is writing reports. We could do that at home and save the trip.",
        category=Category.WORKDAY, at=at - timedelta(days=30),
    )  # fmt: skip
    said = Answer(
        IdeaState.DECLINED,
        "The samples of Thursday's late shift must be read within 18 hours by somebody on site, and with five people "
        "we cannot split the week. For weeks without a late shift please agree it with me: then it is possible.",
        reason=Reason.RULES, cost=Decimal(0),
    )  # fmt: skip
    answering.answer(idea=idea, by=_owner(idea), roles=NO_ROLES, said=said, at=at - timedelta(days=21))


def _waiting_and_merged(cast: dict[str, Person], *, at: datetime) -> None:
    idea = actions.submit(
        author=cast["minh"], title="Khay để chai rỗng trên xe",
        text="Trên đường về xe chạy rỗng. Nếu có khay, chúng tôi có thể chở chai rỗng từ cửa hàng về nhà máy.",
        category=Category.COSTS, at=at - timedelta(days=3),
    )  # fmt: skip
    same = actions.submit(
        author=cast["mai"], title="Chở chai rỗng về trên xe giao hàng",
        text="Xe giao hàng về không. Chai rỗng ở cửa hàng có thể đi cùng.", category=Category.COSTS,
        at=at - timedelta(days=2),
    )  # fmt: skip
    merging.merge(idea=same, into=idea, by=_owner(idea), roles=NO_ROLES, at=at - timedelta(days=1))
    actions.vote(idea=idea, by=cast["hung"], at=at - timedelta(days=1))


def _campaign(cast: dict[str, Person], segments: dict[str, Segment], *, at: datetime) -> None:
    begun = at - timedelta(days=10)
    asked = Question(
        title=_TITLE, question=_QUESTION, owner=cast["hung"], opens_at=begun, closes_at=at + timedelta(days=25),
        segment=segments["plants"], budget=Decimal(200_000_000),
    )  # fmt: skip
    campaign = open_campaign(asked=asked, at=begun, by_id=cast["anna"].pk)
    actions.submit(
        author=cast["na"], title="包装线旁安装雾化风扇", text="夏天包装线旁的温度超过35度。雾化风扇可以降低几度。",
        category=Category.WORKDAY, campaign=campaign, at=at - timedelta(days=6),
    )  # fmt: skip

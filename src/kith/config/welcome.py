"""The steps of a new organization's set-up that portal cannot know: what upper floors ask for."""

from django.utils.translation import gettext_lazy as _

from kith.notices.publishing.models import Notice, NoticeState
from kith.portal.welcome.steps import STEPS, Step

STEPS.put(
    "notice",
    Step(
        _("First notice"),
        _("Say hello to everyone: write a notice, and see who has read it."),
        Notice.objects.exclude(state=NoticeState.DRAFT).all,
        order=100,
        url="/desk/notices/new/",
    ),
)

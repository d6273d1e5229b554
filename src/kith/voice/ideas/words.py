"""The words for what an idea is about, where it stands, why it was declined, and who reads it."""

from django.utils.translation import gettext_lazy as _

from kith.voice.ideas.models import Category, IdeaState, Reason, Visibility

CATEGORIES = [
    (Category.SAFETY, _("Safety")),
    (Category.QUALITY, _("Quality")),
    (Category.WORKDAY, _("Our working day")),
    (Category.COSTS, _("Less waste, lower costs")),
    (Category.PRODUCTS, _("Products and customers")),
    (Category.OTHER, _("Something else")),
]
REASONS = [
    (Reason.COST, _("It costs more than it brings")),
    (Reason.EXISTS, _("We have it already")),
    (Reason.SAFETY, _("Safety")),
    (Reason.RULES, _("Law or rules")),
    (Reason.OTHER, _("Something else")),
]
STATES = {
    IdeaState.OPEN: _("Answer owed"),
    IdeaState.ANSWERED: _("Answered"),
    IdeaState.ACCEPTED: _("We will do it"),
    IdeaState.PLANNED: _("Planned"),
    IdeaState.DONE: _("Done"),
    IdeaState.DECLINED: _("Declined"),
}
WHO_READS = [
    (Visibility.ALL, _("Everybody who works here")),
    (Visibility.SEGMENT, _("Those whom the campaign asks")),
    (Visibility.OWNER, _("Only whoever answers")),
]

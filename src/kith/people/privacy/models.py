"""The table of requests to erase a person."""

from django.db import models
from django.db.models import F, Q

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class RequestState(models.TextChoices):
    """Waiting for a second person, done, or declined."""

    WAITING = "waiting"
    DONE = "done"
    DECLINED = "declined"


class ErasureRequest(models.Model):
    """Somebody asks that a person be erased; another one decides (GDPR art. 17, within a month: art. 12(3)).

    `reason` is what was said when asking, `answer` why it was declined. `kept` lists what stayed, as pairs of
    sentence and law; `count` how many rows were deleted or emptied.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasure_requests")
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    count = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="waiting"), name="erasure_asked_once"),
            models.CheckConstraint(
                name="erasure_decided_by_another",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("asked_by_id")),
            ),
            models.CheckConstraint(
                name="erasure_decided_whole",
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
            ),
        ]

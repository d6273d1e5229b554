"""The tables of promises."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.organizations.models import Unit
from kith.people.persons.models import Person


class State(models.TextChoices):
    """Where a promise stands. Paused: open, but its clock stands still until `next_check_at`."""

    OPEN = "open"
    PAUSED = "paused"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


UNSETTLED = (State.OPEN, State.PAUSED)
_UNSETTLED = models.Q(state__in=[state.value for state in UNSETTLED])


class Promise(models.Model):
    """Something owed: of what kind, about what, by whom, to whom, until when.

    `words` say what is owed where it was promised by hand, "" where kind and subject say it. `about` holds stored
    subjects, its own among them. `unit` is the unit that owes it, if it was opened for one.
    `chain` lists everybody who owned it, the owner last. `level` counts the steps of escalation since it became
    overdue. `next_check_at` is when the engine looks at it next: when due, at a step, at the end of a pause.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True, default="", db_default="")
    about = ArrayField(models.CharField(max_length=80), default=list)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waiting_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="awaited_promises")
    duty_role = models.CharField(max_length=40)
    chain = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="escalated_promises")
    kept_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_check_at"], name="promise_to_look_at", condition=_UNSETTLED),
            models.Index(fields=["owner", "due_at"], name="promise_owed", condition=_UNSETTLED),
            models.Index(fields=["waiting_person", "due_at"], name="promise_awaited", condition=_UNSETTLED),
            models.Index(fields=["due_at"], name="promise_due"),
            models.Index(fields=["kind", "kept_at"]),
            GinIndex(fields=["about"], name="promise_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="promise_open_has_owner_and_due",
                condition=~_UNSETTLED
                | models.Q(owner__isnull=False, due_at__isnull=False, next_check_at__isnull=False),
            ),
            models.CheckConstraint(name="promise_open_has_duty", condition=~_UNSETTLED | ~models.Q(duty_role="")),
            models.CheckConstraint(
                name="promise_kept_has_proof",
                condition=(models.Q(state=State.KEPT.value, kept_at__isnull=False) & ~models.Q(proof=""))
                | (~models.Q(state=State.KEPT.value) & models.Q(kept_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="promise_paused_since",
                condition=models.Q(state=State.PAUSED.value, paused_at__isnull=False)
                | (~models.Q(state=State.PAUSED.value) & models.Q(paused_at__isnull=True)),
            ),
        ]

    @property
    def accountable_id(self) -> int:
        """The owner of a promise that is not settled; `ValueError` where there is none any more."""
        if self.owner_id is None:
            message = f"Promise {self.pk} has no owner."
            raise ValueError(message)
        return self.owner_id

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed any more."""
        return self.state not in UNSETTLED


class What(models.TextChoices):
    """What happened to a promise."""

    OPENED = "opened"
    PASSED_ON = "passed-on"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class PromiseEvent(models.Model):
    """One thing that happened to a promise: from whom to whom, until when, why. Rows are only added."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    from_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    rule = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["promise", "id"])]

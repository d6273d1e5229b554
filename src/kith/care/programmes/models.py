"""The tables of programmes, their versions and runs."""

from django.db import models
from django.db.models import F, Q

from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import TextField
from kith.people.persons.models import Person


class Programme(models.Model):
    """A care rule. What it does stands in its versions; runs pin the one they happened under.

    `keeper` is the role whose people keep it: "hr" for everybody, "shop" for persons outside the house only.
    """

    public_id = PublicIdField()
    code = models.SlugField(max_length=60, unique=True)
    name = TextField()
    moment = models.CharField(max_length=60)
    keeper = models.CharField(max_length=20, default="hr", db_default="hr")
    is_active = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    current = models.ForeignKey(
        "ProgrammeVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_retired_is_off", condition=Q(is_active=False) | Q(retired_at__isnull=True)
            )
        ]


class VersionState(models.TextChoices):
    """A version is written, looked at by a second person, and then holds for ever what it says."""

    DRAFT = "draft"
    REVIEW = "review"
    RELEASED = "released"


class Period(models.TextChoices):
    """In what stretch of time a person is met so often at most."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Inside(models.TextChoices):
    """What happens to people inside when a programme changes or stops."""

    FINISH = "finish"
    MOVE = "move"
    STOP = "stop"


class FreeDay(models.TextChoices):
    """When care speaks whose hour falls on a day on which the person does not work."""

    SAME = "same"
    NEXT = "next"
    BEFORE = "before"


class ProgrammeVersion(models.Model):
    """One version: for whom (`rule`, a segment's predicate), at which local hour, and the steps.

    A step is `{"kindness": "greet", …}` with the parameters of that kindness; `settings` are those of the moment.
    A step that asks holds the steps of its two sides, `yes` and `no` (`tree.py`). At most `entry_cap` entries of a
    person in a calendar `period`, at most `at_once` people inside at one time. Whoever leaves the audience leaves the
    programme at once, unless it lets them stay (`leavers_stay`).
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=VersionState.choices, default=VersionState.RELEASED, db_default=VersionState.RELEASED
    )
    rule = models.JSONField()
    hour = models.PositiveSmallIntegerField()
    settings = models.JSONField(default=dict, db_default={})
    steps = models.JSONField()
    entry_cap = models.PositiveSmallIntegerField(null=True)
    period = models.CharField(
        max_length=10, choices=Period.choices, default=Period.YEAR, db_default=Period.YEAR
    )  # fmt: skip
    at_once = models.PositiveIntegerField(null=True)
    on_free_day = models.CharField(
        max_length=10, choices=FreeDay.choices, default=FreeDay.SAME, db_default=FreeDay.SAME
    )  # fmt: skip
    leavers_stay = models.BooleanField(default=False, db_default=False)
    inside = models.CharField(
        max_length=10, choices=Inside.choices, default=Inside.FINISH, db_default=Inside.FINISH
    )  # fmt: skip
    drafted_by_id = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True, default="", db_default="")
    released_at = models.DateTimeField(null=True)
    released_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="programme_version_once"),
            models.UniqueConstraint(
                fields=["programme"], name="programme_one_draft", condition=Q(state__in=("draft", "review"))
            ),
            models.CheckConstraint(name="programme_hour_of_a_day", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="programme_two_pairs_of_eyes",
                condition=Q(released_by_id__isnull=True)
                | Q(drafted_by_id__isnull=True)
                | ~Q(released_by_id=F("drafted_by_id")),
            ),
            models.CheckConstraint(
                name="programme_released_when", condition=Q(state="released", released_at__isnull=False)
                | Q(state__in=("draft", "review"), released_at__isnull=True),
            ),
        ]  # fmt: skip


class RunState(models.TextChoices):
    """A run is due, may wait between steps, and is done, or ended early."""

    DUE = "due"
    WAITING = "waiting"
    DONE = "done"
    ENDED = "ended"


class Outcome(models.TextChoices):
    """How a run came to its end. Quiet: care must not or need not speak; of which reason is kept nowhere."""

    OPEN = ""
    FINISHED = "finished"
    LEFT = "left"
    QUIET = "quiet"
    STOPPED = "stopped"


class Run(models.Model):
    """A programme that answers one moment of one person. `occasion` ("2027") makes it happen once.

    `step` is the next step; a waiting run goes on at `next_at`.
    """

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DUE)
    step = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default="", db_default="", blank=True
    )  # fmt: skip
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="care_run_due", condition=Q(state="due")),
            models.Index(fields=["next_at"], name="care_run_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "occasion"], name="care_run_once"),
            models.CheckConstraint(
                name="care_run_waits_until", condition=~Q(state="waiting") | Q(next_at__isnull=False)
            ),
        ]


class StepDone(models.Model):
    """Step `position` of a run was done; counted, and shown to those who keep the programme."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="done")
    position = models.PositiveSmallIntegerField()
    kindness = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kindness", "at"], name="care_step_done")]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="care_step_once")]

"""The table of persons."""

from django.db import models
from django.db.models.functions import Lower

from kith.kernel.folding import fold
from kith.kernel.identifiers import PublicIdField


class BirthdayVisibility(models.TextChoices):
    """Who may know a person's birthday; the person chooses, nobody is the default."""

    NOBODY = "nobody"
    TEAM = "team"
    ALL = "all"


class BirthdayCalendar(models.TextChoices):
    """In which calendar a person counts the birthday."""

    SOLAR = "solar"
    LUNAR = "lunar"


class LeapDay(models.TextChoices):
    """When someone born on 29 February celebrates in a common year."""

    FEBRUARY_28 = "feb-28"
    MARCH_1 = "mar-1"


class Person(models.Model):
    """One human being. Rows point at a person, never at a login.

    `mailbox` is an address the person can read ("" where there is none); `language` a BCP 47 tag; `zone` an
    IANA time zone. Of the birthday only day and month are needed. A merged person points at the one who stays.
    After `erased_at` the row names nobody: it only keeps what others own (orders, promises) whole.
    """

    public_id = PublicIdField()
    full_name = models.CharField(max_length=200)
    preferred_name = models.CharField(max_length=100, blank=True, default="")
    sort_key = models.CharField(max_length=200, editable=False, default="")
    language = models.CharField(max_length=20, default="en")
    zone = models.CharField(max_length=50, default="UTC")
    mailbox = models.EmailField(max_length=254, blank=True, default="")
    mailbox_proven_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=32, blank=True, default="")
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birthday_calendar = models.CharField(
        max_length=10, choices=BirthdayCalendar.choices, default=BirthdayCalendar.SOLAR
    )
    birthday_visibility = models.CharField(
        max_length=10, choices=BirthdayVisibility.choices, default=BirthdayVisibility.NOBODY
    )
    leap_day = models.CharField(max_length=10, choices=LeapDay.choices, default=LeapDay.FEBRUARY_28)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deactivated_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key"]),
            models.Index(fields=["birth_month", "birth_day"]),
            models.Index(Lower("mailbox"), name="person_mailbox"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_birthday_is_a_day",
                condition=models.Q(birth_month__isnull=True, birth_day__isnull=True)
                | models.Q(birth_month__range=(1, 12), birth_day__range=(1, 31)),
            ),
            models.CheckConstraint(name="person_has_a_name", condition=~models.Q(full_name="")),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = fold(self.full_name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """The name the person wants to be called by."""
        return self.preferred_name or self.full_name

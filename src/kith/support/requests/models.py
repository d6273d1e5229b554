"""The tables of service requests and what was said in them."""

from django.db import models

from kith.kernel.identifiers import PublicIdField
from kith.people.persons.models import Person


class RequestState(models.TextChoices):
    """Open: we owe an answer. Answered: the asker may write again. Closed: the asker is content."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Topic(models.TextChoices):
    """What a request is about."""

    ORDER = "order"
    BILL = "bill"
    PRODUCT = "product"
    ACCOUNT = "account"
    OTHER = "other"


class ServiceRequest(models.Model):
    """One matter of one person. While it is open, a promise of kind "request" owes an answer."""

    public_id = PublicIdField()
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="service_requests")
    topic = models.CharField(max_length=10, choices=Topic.choices, default=Topic.OTHER)
    title = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asker", "-asked_at"]), models.Index(fields=["state", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                name="request_answered_when",
                condition=~models.Q(state="answered") | models.Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_closed_when", condition=models.Q(state="closed") ^ models.Q(closed_at__isnull=True)
            ),
        ]


class Saying(models.Model):
    """Something said in a request, by its asker or (`ours`) by us. Rows are only added."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="sayings")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ours = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["request", "id"])]

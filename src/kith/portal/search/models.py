"""The index of the one search."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Document(models.Model):
    """What the index keeps of one subject: its folded words in every language, and whether all may find it."""

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    vector = SearchVectorField()
    public = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="document_once")]
        indexes = [GinIndex(fields=["vector"], name="document_words")]

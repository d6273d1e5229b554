"""The tables of imports: whose identifier is which object, batches, and what each batch did to which row."""

from django.db import models

from kith.kernel.identifiers import PublicIdField


class ExternalId(models.Model):
    """An object as another system knows it. `kind` is the label of its model, `people.person`."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "kind", "external_id"], name="externalid_once")]
        indexes = [models.Index(fields=["kind", "object_id"], name="externalid_object")]


class BatchState(models.TextChoices):
    """Where a batch stands. Only a committed one has changed anything; undone, what it changed is as before."""

    UPLOADED = "uploaded"
    WAITING = "waiting"
    COMMITTED = "committed"
    FAILED = "failed"
    UNDONE = "undone"


class ImportBatch(models.Model):
    """One import of one file: who, when, what came of it, counted in rows.

    `columns` maps field to column where it was mapped on screen; `stored` names the uploaded file under the
    import folder until it is committed; `rejects` holds the first faults, the rejects file all of them.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=40)
    system = models.CharField(max_length=40, default="file")
    file_name = models.CharField(max_length=200)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.COMMITTED)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    stored = models.CharField(max_length=120, blank=True, default="")
    rejects = models.JSONField(default=list)
    problem = models.CharField(max_length=500, blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="importbatch_latest")]


class RowAction(models.TextChoices):
    """What a batch did to a row."""

    CREATED = "created"
    UPDATED = "updated"


class ImportedRow(models.Model):
    """What a batch did to one row of one table; for an update the columns that changed, before and after."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_constraint=False)
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=8, choices=RowAction.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["model", "object_id"], name="importedrow_object")]

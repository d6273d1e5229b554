"""The tables of products."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from kith.kernel.folding import tokens
from kith.kernel.identifiers import PublicIdField
from kith.kernel.texts import Text, TextField
from kith.supply.items.models import Item

RESERVED = ("basket", "checkout", "new")
"""Words that stand in a store's addresses where a product's slug may stand."""


class Category(models.Model):
    """A shelf of the shop, in a tree. `path` lists the ids from the root, `/1/4/`, and ends with its own."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=80, unique=True)
    name = TextField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=400, default="/")
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        indexes = [models.Index(fields=["path"], name="category_path", opclasses=["varchar_pattern_ops"])]


def search_words(*, sku: str, name: Text, description: Text) -> str:
    """Return the folded words a product is found by, in every language, for `Product.search_words`."""
    words = [sku, *name.values(), *description.values()]
    return " ".join(dict.fromkeys(token for part in words for token in tokens(part)))


class Product(models.Model):
    """What is offered of an item. A store lists it when the store's public price list has a price for it.

    `tax_code` names a `TaxRate.code`. `shape`, `palette` and `seed` draw its packshot. `likes` are tags that
    meet what people like ("tea", "reading"). `quota_units` are taken from a quota for each one bought at a
    price that needs one. `search_words` follows from names and description (see `search_words()`).
    """

    public_id = PublicIdField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="products")
    slug = models.SlugField(max_length=120, unique=True)
    name = TextField()
    description = TextField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    tax_code = models.CharField(max_length=20, default="standard")
    quota_units = models.PositiveSmallIntegerField(default=1)
    likes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    shape = models.CharField(max_length=20, default="box")
    palette = models.CharField(max_length=20, blank=True, default="")
    seed = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    search_words = models.TextField(blank=True, default="", editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["category", "id"]),
            GinIndex(SearchVector("search_words", config="simple"), name="product_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug__in=RESERVED), name="product_slug_not_reserved"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search words in step with the texts."""
        self.search_words = search_words(sku=self.item.sku, name=self.name, description=self.description)
        super().save(*args, **kwargs)

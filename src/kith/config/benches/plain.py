"""The limit of every page: one plain Django view with the ORM and Django's own template, 24 rows and nothing else."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from kith.access.policies import allow, anyone
from kith.supply.items.models import Item

ROWS = 24
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Items</title></head>
<body><h1>Items</h1><table><tr><th>SKU</th><th>GTIN</th><th>Stocked</th></tr>
{% for item in items %}<tr><td><a href="/items/{{ item.pk }}/">{{ item.sku }}</a></td><td>{{ item.gtin }}</td>
<td>{% if item.is_stocked %}yes{% else %}no{% endif %}</td></tr>
{% endfor %}</table></body></html>
"""


@cache
def _template() -> Any:
    return engines["django"].from_string(_PAGE)


@allow(anyone)
def plain(request: HttpRequest) -> HttpResponse:
    """Show the first 24 items."""
    return HttpResponse(_template().render({"items": Item.objects.order_by("id")[:ROWS]}, request))

"""The HTTP API at `/api/v1/`: every capability's router, one bearer token, problem details for what is refused."""

from django.urls import path

from kith.access.apitokens.auth import BearerToken
from kith.access.policies import allow_patterns, anyone
from kith.billing.bills.api import router as bills
from kith.care.programmes.api import router as programmes
from kith.commerce.baskets.api import router as baskets
from kith.commerce.orders.api import router as orders
from kith.commerce.prices.api import router as prices
from kith.commerce.products.api import router as products
from kith.config import api_docs, api_errors
from kith.config.api_answers import Api, each_once
from kith.config.api_parser import StrictParser
from kith.config.api_schema import schema_of
from kith.messaging.bounces.api import router as bounces
from kith.messaging.deliveries.api import router as acknowledgements
from kith.notices.proof.api import router as proof
from kith.notices.publishing.api import router as notices
from kith.portal.accounts.api import router as ledger
from kith.portal.directory.api import router as people
from kith.portal.feed.api import router as feed
from kith.portal.segments.api import router as segments
from kith.promises.commitments.api import router as promises
from kith.supply.stock.api import router as stock
from kith.support.requests.api import router as requests
from kith.voice.ideas.api import router as ideas

ROUTERS = (
    people, segments, ledger, feed, acknowledgements, promises, programmes, notices, proof, bills, stock, products,
    prices, baskets, orders, requests, ideas, bounces,
)  # fmt: skip

api = Api(
    title="Kith",
    version="1",
    auth=BearerToken(),
    parser=StrictParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
api_errors.install(api)
for router in ROUTERS:
    api.add_router("", router)

_patterns, app_name, namespace = api.urls
patterns = [
    path("openapi.json", api_docs.schema, {"make": lambda: schema_of(api)}, name="openapi"),
    path("docs", api_docs.docs, {"make": lambda: schema_of(api)}, name="docs"),
    *each_once(allow_patterns(anyone, _patterns)),
]
urls = (patterns, app_name, namespace)
"""What the library adds by itself (the root, which answers 404) is open; every operation has its own policy."""

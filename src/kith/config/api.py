"""The HTTP API at `/api/v1/`: every capability's router, one bearer token, problem details for what is refused."""

from ninja import NinjaAPI

from kith.access.apitokens.auth import BearerToken
from kith.access.policies import allow_patterns, anyone
from kith.commerce.orders.api import router as orders
from kith.commerce.products.api import router as products
from kith.notices.publishing.api import router as notices
from kith.supply.stock.api import router as stock

api = NinjaAPI(title="Kith", version="1", auth=BearerToken(), openapi_url=None, docs_url=None, urls_namespace="api")
for router in (notices, orders, products, stock):
    api.add_router("", router)

patterns, app_name, namespace = api.urls
urls = (allow_patterns(anyone, patterns), app_name, namespace)
"""What the library adds by itself (the root, which answers 404) is open; every operation has its own policy."""

"""Under which keys things are known outside: the tables behind the kinds that facts, promises and bills name."""

from kith.billing.invoices.models import Invoice
from kith.billing.payments.models import Payment
from kith.care.offers.models import GiftOffer
from kith.care.programmes.models import Programme
from kith.commerce.orders.models import Order
from kith.commerce.products.models import Product
from kith.content.news.models import News
from kith.messaging.deliveries.models import Message
from kith.notices.publishing.models import Notice
from kith.people.organizations.models import Organization, Site, Unit
from kith.people.persons.models import Person
from kith.people.segments.models import Segment
from kith.portal.feed.keys import KEYS
from kith.promises.commitments.models import Promise
from kith.supply.items.models import Item
from kith.support.requests.models import ServiceRequest
from kith.voice.ideas.models import Idea

for _kind, _table in {
    "gift-offer": GiftOffer, "idea": Idea, "invoice": Invoice, "item": Item, "message": Message,
    "news": News, "notice": Notice, "order": Order, "organization": Organization, "payment": Payment,
    "person": Person, "product": Product, "programme": Programme, "promise": Promise, "request": ServiceRequest,
    "segment": Segment, "site": Site, "unit": Unit,
}.items():  # fmt: skip
    KEYS.put(_kind, _table)

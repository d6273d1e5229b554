"""The tables of portal."""

from kith.portal.home.models import Arrangement, HomeDefault
from kith.portal.organization.models import IdentityVersion, Logo
from kith.portal.search.models import Document
from kith.portal.welcome.models import Setup

__all__ = ["Arrangement", "Document", "HomeDefault", "IdentityVersion", "Logo", "Setup"]

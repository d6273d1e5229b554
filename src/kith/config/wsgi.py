"""Django as a WSGI application: every page, behind the ground's bridge."""

import os

from django.core.wsgi import get_wsgi_application

from kith.access.routes import require_policies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
application = get_wsgi_application()
require_policies()

"""The addresses of a bench's web processes: Kith's own, and the plain page that they are measured against."""

from django.urls import URLPattern, URLResolver, path

from kith.config.benches.plain import plain
from kith.config.urls import handler400, handler403, handler404, handler500
from kith.config.urls import urlpatterns as kith_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns: list[URLPattern | URLResolver] = [path("bench/plain/", plain), *kith_urlpatterns]

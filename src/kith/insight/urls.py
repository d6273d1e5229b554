"""The addresses of insight."""

from kith.insight.labour.urls import urlpatterns as labour
from kith.insight.measures.urls import urlpatterns as measures

urlpatterns = [*measures, *labour]

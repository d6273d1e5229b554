"""The addresses of insight."""

from kith.insight.measures.urls import urlpatterns as measures

urlpatterns = [*measures]

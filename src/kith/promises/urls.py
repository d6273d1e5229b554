"""The addresses of promises and duties."""

from kith.promises.commitments.urls import urlpatterns as commitments
from kith.promises.duty.urls import urlpatterns as duty

urlpatterns = [*commitments, *duty]

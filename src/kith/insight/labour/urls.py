"""The addresses of labour saved."""

from django.urls import path

from kith.insight.labour import desk

urlpatterns = [
    path("desk/labour-saved/", desk.labour_saved, name="labour-saved"),
    path("desk/labour-saved/<str:code>/", desk.behind, name="labour-behind"),
    path("desk/labour-saved/<str:code>/minutes/", desk.change, name="labour-minutes"),
]

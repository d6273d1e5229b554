"""Laws that an import graph cannot see."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from kith.access.routes import all_routes, without_policy

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 300


def floors() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = contracts[0]["layers"]
    return {name.strip(): height for height, line in enumerate(reversed(layers)) for name in line.split("|")}


def capability(module: str) -> str:
    return module.split(".")[1]


def test_foreign_keys_point_down_or_stay() -> None:
    height = floors()
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("kith."):
            continue
        here = capability(model.__module__)
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if other is None or not field.concrete or not other.__module__.startswith("kith."):
                continue
            there = capability(other.__module__)
            if there != here and height[there] >= height[here]:
                wrong.append(f"{model.__name__}.{field.name} -> {there}")
    assert wrong == []


@pytest.mark.urls("kith.config.urls")
def test_every_route_has_a_policy() -> None:
    assert without_policy() == []
    assert len(all_routes()) > 100


@pytest.mark.urls("kith.config.urls")
def test_only_these_routes_do_without_the_forgery_token() -> None:
    exempt = sorted(route.path for route in all_routes() if route.csrf_exempt and not route.path.startswith("/api/"))
    assert exempt == ["/m/<str:token>/", "/webhooks/payments/test/"]


def test_files_stay_short_enough_to_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert long == []

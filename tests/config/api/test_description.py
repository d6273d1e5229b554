"""The description: valid OpenAPI 3.1, complete, the same for everyone, and readable as a page."""

import json
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from kith.config.api import api
from kith.config.api_schema import METHODS, schema_of
from tests.access import make as access
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = schema_of(api)["paths"]
    return [(path, method, paths[path][method]) for path in paths for method in METHODS if method in paths[path]]


def test_it_is_valid_openapi_3_1_and_every_schema_is_json_schema() -> None:
    answer = Client().get("/api/v1/openapi.json")
    found = answer.json()
    assert (answer.status_code, found["openapi"]) == (200, "3.1.0")
    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(found)] == []
    for schema in found["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)


def test_it_names_what_the_contract_promises() -> None:
    first = {path.split("/")[3] for path, _method, _operation in operations()}
    promised = {
        "persons", "ties", "units", "segments", "notices", "acknowledgements", "facts", "programmes", "products", "prices",
        "baskets", "orders", "stock", "invoices", "payments", "requests", "ideas", "promises", "ledger",
    }  # fmt: skip
    assert promised <= first


OWN_SCOPE = {"/api/v1/bounces": "bounces"}
"""What a mail server does, which should be able to do nothing else."""


def test_each_operation_is_told_apart_explained_and_refuses_as_described() -> None:
    ids = [operation["operationId"] for _path, _method, operation in operations()]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations():
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        scope = OWN_SCOPE.get(path, "read" if method == "get" else "write")
        assert operation["security"] == [{"token": [scope]}], path
        assert {"400", "401", "403", "404", "405", "422", "429"} <= set(operation["responses"]), path
        if "requestBody" in operation:
            assert {"409", "413", "415"} <= set(operation["responses"]), path


def test_every_body_is_closed() -> None:
    schemas = schema_of(api)["components"]["schemas"]
    for path, _method, operation in operations():
        body = operation.get("requestBody")
        if body is not None:
            name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert schemas[name]["additionalProperties"] is False, path


KEYLESS = {"/api/v1/acknowledgements", "/api/v1/bounces", "/api/v1/segments"}
"""A second acknowledgement or report of a mail that came back changes nothing; a segment moves nothing."""


def test_every_post_that_moves_something_asks_for_a_key() -> None:
    for path, method, operation in operations():
        keyed = any(each["name"] == "Idempotency-Key" and each["required"] for each in operation["parameters"])
        assert keyed is (method == "post" and path not in KEYLESS), path


@pytest.mark.parametrize("language", ["en", "vi", "zh-hans"])
def test_the_page_shows_every_operation_to_everyone_without_a_foreign_host(language: str) -> None:
    answer = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    for path, method, _operation in operations():
        assert f"{method.upper()} {path} " in page, path
    assert "style=" not in page
    assert [part for part in page.split('src="')[1:] if not part.startswith(("/", "data:"))] == []


def test_the_page_is_part_of_the_frame_for_who_is_signed_in() -> None:
    page = access.client(people.employee("Lan")).get("/api/v1/docs").content.decode()
    assert "/me/" in page


def test_the_description_does_not_depend_on_who_asks() -> None:
    first = Client().get("/api/v1/openapi.json").content
    again = access.client(people.employee(), "administrator").get(
        "/api/v1/openapi.json", headers={"Accept-Language": "vi"}
    )
    assert json.loads(first) == again.json()

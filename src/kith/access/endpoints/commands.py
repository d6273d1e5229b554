"""Commands that happen once: a POST that moves money, goods or messages brings an `Idempotency-Key`."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpResponse, JsonResponse
from ninja import Header, Schema

from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.idempotency import once

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="A key of your own for this command, such as a UUID: sent again, it gives the first answer again.",
    ),
]


def answer_once(
    request: PersonRequest, *, key: str, body: Schema | None, act: Callable[[], tuple[int, Schema]]
) -> HttpResponse:
    """Act, and answer with status and body; the same key of the same person gets the first answer again.

    A replay carries `Idempotency-Replayed: true`. The same key with another body, or at another address, is refused
    (422); a refusal of `act` keeps nothing, so that the key may be used again. One transaction.
    """
    asked = {"at": f"{request.method} {request.path}", "body": body.model_dump(mode="json") if body else None}

    def kept() -> tuple[int, Any]:
        status, said = act()
        return status, said.model_dump(mode="json")

    answer = once(scope=f"api:person:{request.person.pk}", key=key, asked=asked, at=clock.now(), act=kept)
    response = JsonResponse(answer.body, status=answer.status)
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response

"""A refusal: the answer no, with the sentence the person will read."""


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """An action declined. Nothing has changed; the sentence says why and what would be right.

    `status` is the HTTP status a screen or the API answers with; `field` names the input at fault, if one is.
    """

    status = 409

    def __init__(self, sentence: str, *, field: str = "", status: int | None = None) -> None:
        """Carry the translated sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        if status is not None:
            self.status = status


class NotAllowed(Refusal):
    """The person may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or the person may not know of it: the answer is the same."""

    status = 404


class BadInput(Refusal):
    """The input is wrong; the sentence names the field and what would be right."""

    status = 400

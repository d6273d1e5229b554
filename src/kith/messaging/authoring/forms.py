"""What is typed as the words of a message: a title and a text per language, as the draft keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kith.kernel.languages import OUR_LANGUAGES
from kith.kernel.texts import Text
from kith.messaging.wording.editing import LONGEST_BODY, LONGEST_TITLE
from kith.messaging.wording.queries import language_name


@dataclass(frozen=True)
class Field:
    """One language of the form: what stands in it, and what is wrong with it."""

    language: str
    name: str
    title: str
    body: str
    title_error: str = ""
    body_error: str = ""


def typed(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return titles and texts by language, cut at ten times their length at most."""
    titles = {language: given.get(f"title-{language}", "")[: LONGEST_TITLE * 10] for language in OUR_LANGUAGES}
    bodies = {language: given.get(f"body-{language}", "")[: LONGEST_BODY * 10] for language in OUR_LANGUAGES}
    return titles, bodies


def fields(
    title: Mapping[str, str], body: Mapping[str, str], *, errors: Mapping[str, str] | None = None
) -> list[Field]:
    """Return a form's parts, one for each of our languages, with the errors of its fields by name."""
    wrong = errors or {}
    return [
        Field(
            language=language,
            name=language_name(language),
            title=title.get(language, ""),
            body=body.get(language, ""),
            title_error=wrong.get(f"title-{language}", ""),
            body_error=wrong.get(f"body-{language}", ""),
        )
        for language in OUR_LANGUAGES
    ]


def words(value: Text) -> dict[str, str]:
    """Return what stands in the form at first."""
    return {language: value.get(language, "") for language in OUR_LANGUAGES}

"""What ideas tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"idea_id": "idea", "author_id": "person"})
@dataclass(frozen=True)
class IdeaSubmitted:
    """Somebody had an idea."""

    idea_id: int
    author_id: int


@fact(about={"idea_id": "idea", "author_id": "person"})
@dataclass(frozen=True)
class IdeaAnswered:
    """An idea got its answer."""

    idea_id: int
    author_id: int
    state: str


@fact(about={"idea_id": "idea"})
@dataclass(frozen=True)
class IdeaRated:
    """The author rated the answer."""

    idea_id: int
    understood: bool
    stars: int | None


@fact(about={"idea_id": "idea"})
@dataclass(frozen=True)
class IdeaReopened:
    """The author did not understand the answer; another one is owed."""

    idea_id: int

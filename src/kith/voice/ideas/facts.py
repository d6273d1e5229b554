"""What ideas tell. An author of nobody: the idea came without a name."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"idea_id": "idea", "author_id": "person"})
@dataclass(frozen=True)
class IdeaSubmitted:
    """Somebody had an idea."""

    idea_id: int
    author_id: int


@fact(about={"idea_id": "idea"})
@dataclass(frozen=True)
class AnonymousIdeaSubmitted:
    """An idea came without a name. Nobody listens: listening would leave the minute in a job."""

    idea_id: int


@fact(about={"idea_id": "idea"})
@dataclass(frozen=True)
class IdeaRead:
    """Whoever owes the answer has read it."""

    idea_id: int


@fact(about={"idea_id": "idea", "author_id": "person"})
@dataclass(frozen=True)
class IdeaAnswered:
    """An idea got its answer."""

    idea_id: int
    author_id: int | None
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
    """Another answer is owed: the author did not understand the first, or what was promised cannot be done."""

    idea_id: int


@fact(about={"idea_id": "idea", "into_id": "idea"})
@dataclass(frozen=True)
class IdeaMerged:
    """An idea is answered together with another."""

    idea_id: int
    into_id: int


@fact(about={"idea_id": "idea", "from_id": "idea"})
@dataclass(frozen=True)
class IdeaUnmerged:
    """It was a mistake: the idea is answered by itself again."""

    idea_id: int
    from_id: int


@fact(about={"idea_id": "idea"})
@dataclass(frozen=True)
class IdeaImplemented:
    """An idea was put into practice."""

    idea_id: int

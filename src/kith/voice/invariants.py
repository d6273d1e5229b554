"""What must hold of ideas at every moment, put on the kernel's shelf."""

from collections.abc import Sequence

from kith.kernel.invariants import INVARIANTS, Invariant
from kith.people.privacy.traces import MARK
from kith.voice.filings.chain import content_hash
from kith.voice.filings.queries import broken
from kith.voice.ideas.models import Idea
from kith.voice.ideas.unowed import unowed

SHOWN = 50


def nothing_owed() -> Sequence[str]:
    """Return a line for each idea about which nothing is owed although something should be."""
    return [f"Nobody owes anything about idea {idea.pk}, which is {idea.state}." for idea in unowed()[:SHOWN]]


def changed() -> Sequence[str]:
    """Return a line for each idea whose words are not those that were filed.

    Erased ones have no nonce any more, and where a name was taken out on somebody's demand a mark stands instead.
    """
    wrong: list[str] = []
    asked = Idea.objects.exclude(nonce="").exclude(title__contains=MARK).exclude(text__contains=MARK)
    for idea in asked.select_related("filing").iterator(chunk_size=1000):
        said = content_hash(nonce=idea.nonce, title=idea.title, text=idea.text)
        if idea.filing is None or idea.filing.content != said:
            wrong.append(f"Idea {idea.pk} is not what was filed.")
        if len(wrong) == SHOWN:
            break
    return wrong


INVARIANTS.put("voice.owed", Invariant("Somebody owes what every idea waits for.", nothing_owed))
INVARIANTS.put("voice.chain", Invariant("The chain of filing receipts is unbroken.", broken))
INVARIANTS.put("voice.filed", Invariant("Every idea says what was filed.", changed))

"""What changed in a message since a person answered to it, word by word in the person's language."""

from dataclasses import dataclass

from kith.messaging.deliveries.differences import Piece, word_diff
from kith.messaging.deliveries.models import Delivery, SupersededAcknowledgement
from kith.messaging.deliveries.rendering import Rendering


@dataclass(frozen=True)
class Changed:
    """What is new and what is gone, in title and body."""

    title: list[Piece]
    body: list[Piece]


def changed_since(delivery: Delivery, text: Rendering) -> Changed | None:
    """Return what changed against the text the person answered to last; None where it did not, or they did not answer.

    Two queries, none for a message that never changed.
    """
    if delivery.message.version == 1:
        return None
    earlier = {each["version"]: each for each in delivery.message.earlier or []}
    versions = SupersededAcknowledgement.objects.filter(message_id=delivery.message_id, person_id=delivery.person_id)
    version = versions.order_by("-version").values_list("version", flat=True).first()
    before = earlier.get(version)
    if before is None:
        return None
    tag = text.language
    return Changed(
        title=word_diff(before["title"].get(tag, ""), text.title),
        body=word_diff(before["body"].get(tag, ""), text.body),
    )

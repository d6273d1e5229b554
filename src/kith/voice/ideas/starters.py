"""How a no may begin, by its reason: sentences to go on from. Alone they are no answer, and are refused."""

from kith.kernel.folding import fold
from kith.kernel.texts import Text
from kith.voice.ideas.models import Reason

STARTERS = {
    Reason.COST: Text(
        {
            "en": "Thank you for your idea. It would cost more than it brings.",
            "vi": "Cảm ơn ý tưởng của bạn. Làm việc này tốn nhiều hơn lợi ích mang lại.",
            "zh-Hans": "谢谢你的建议。这样做的成本高于收益。",
        }
    ),
    Reason.EXISTS: Text(
        {
            "en": "Thank you for your idea. We have it already.",
            "vi": "Cảm ơn ý tưởng của bạn. Chúng ta đã có điều này rồi.",
            "zh-Hans": "谢谢你的建议。我们已经有了。",
        }
    ),
    Reason.SAFETY: Text(
        {
            "en": "Thank you for your idea. It would make our work less safe.",
            "vi": "Cảm ơn ý tưởng của bạn. Làm vậy sẽ kém an toàn hơn.",
            "zh-Hans": "谢谢你的建议。这样会降低安全性。",
        }
    ),
    Reason.RULES: Text(
        {
            "en": "Thank you for your idea. The law or our rules do not allow it.",
            "vi": "Cảm ơn ý tưởng của bạn. Pháp luật hoặc quy định không cho phép.",
            "zh-Hans": "谢谢你的建议。法律或规定不允许这样做。",
        }
    ),
}
SHORTEST = 15
"""What a whole sentence weighs at least: one for each letter or digit, three for a Chinese character."""


def _bare(words: str) -> str:
    return "".join(character for character in fold(words) if character.isalnum())


def weight(words: str) -> int:
    """Return how much somebody said: letters and digits, a Chinese character as three of them."""
    return sum(3 if "\u3400" <= character <= "\u9fff" else 1 for character in _bare(words))


def own_words(words: str) -> str:
    """Return what is left of a text without the starters: letters and digits only, folded."""
    bare = _bare(words)
    parts = {_bare(part) for starter in STARTERS.values() for text in starter.values() for part in _sentences(text)}
    for part in sorted(parts, key=len, reverse=True):
        bare = bare.replace(part, "")
    return bare


def _sentences(text: str) -> list[str]:
    return [part for part in text.replace("。", ".").split(".") if part.strip()]


def is_a_sentence(words: str) -> bool:
    """Say whether a text holds at least one whole sentence of the writer's own."""
    return weight(own_words(words)) >= SHORTEST

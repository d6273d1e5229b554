"""The answers a notice may offer, ready made in every language."""

from typing import Any

HEADCOUNT: list[dict[str, Any]] = [
    {"kind": "safe", "label": {"en": "I am safe", "vi": "Tôi an toàn", "zh-Hans": "我安全"}},
    {"kind": "help", "label": {"en": "I need help", "vi": "Tôi cần giúp đỡ", "zh-Hans": "我需要帮助"}},
]

"""The fields that signing in is made of."""

from typing import Any

from django import forms


def secret(label: Any, *, autocomplete: str, digits: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for a password, or a PIN on a keypad; spaces count, nothing is shown again."""
    attributes = {"autocomplete": autocomplete}
    if digits:
        attributes |= {"inputmode": "numeric", "pattern": "[0-9]*"}
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1_000,
        help_text=help_text,
        widget=forms.PasswordInput(render_value=False, attrs=attributes),
    )

"""The stylesheet of the theme's preview: the same tokens as everywhere, but only inside the two panels. Pure."""

from kith.portal.shell.theme import FONT, Tokens, palette, theme_css

PANELS = {"light": "preview-light", "dark": "preview-dark"}
_DERIVED = {
    "color-base-100": "card", "color-base-200": "sunk", "color-base-300": "line", "color-base-content": "ink",
    "color-primary": "primary", "color-primary-content": "on-primary", "color-error": "danger",
    "color-error-content": "on-danger", "radius-field": "radius", "radius-box": "radius",
}  # fmt: skip
"""What the components' own stylesheet makes of the tokens at the root; said again, or it would not follow here."""


def preview_css(tokens: Tokens) -> str:
    """Return the stylesheet of both panels; `BadThemeError` as for a whole theme."""
    theme_css(tokens)
    derived = "".join(f"--{name}:var(--{source});" for name, source in _DERIVED.items())
    family = f'"{tokens.font}","{FONT}",system-ui,sans-serif' if tokens.font else "inherit"
    rules = []
    for mode, panel in PANELS.items():
        values = "".join(f"--{name}:{value};" for name, value in palette(tokens, mode).items())
        rules.append(
            f"#{panel}{{color-scheme:{mode};{values}--radius:{tokens.radius}px;{derived}background:var(--ground);"
            f"color:var(--ink);font-family:{family};padding:1rem;border:1px solid var(--line);"
            f"border-radius:var(--radius)}}"
        )
    stays = "@media (min-width:64rem) and (min-height:50rem){#preview{position:sticky;top:5.5rem}}"
    return "\n".join([*rules, stays]) + "\n"

"""Language tags (BCP 47) and the declared fallback chain; Simplified and Traditional Chinese never mix."""

OUR_LANGUAGES = ("en", "vi", "zh-Hans")

_CHINESE = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant",
            "zh-mo": "zh-Hant", "zh-cht": "zh-Hant", "zh-chs": "zh-Hans"}  # fmt: skip


def tag(code: str) -> str:
    """Return `code` as a BCP 47 tag in its usual case: `zh-hans`, `zh_CN` and `zh` give `zh-Hans`, `VI` `vi`."""
    plain = code.strip().replace("_", "-").lower()
    if plain in _CHINESE:
        return _CHINESE[plain]
    language, _, rest = plain.partition("-")
    if len(rest) == 4:  # noqa: PLR2004  (a script has four letters, RFC 5646 section 2.2.3)
        return f"{language}-{rest.title()}"
    if language == "zh":
        script = rest.split("-")[0]
        return f"zh-{script.title()}" if script in {"hans", "hant"} else "zh-Hans"
    return f"{language}-{rest.upper()}" if rest else language


def django_code(language: str) -> str:
    """Return the lower-case code that Django's translation machinery knows a tag by."""
    return tag(language).lower()


def chain(language: str) -> tuple[str, ...]:
    """Return the tags to try in order: the tag itself, its base language, English.

    A reader of Traditional Chinese is never shown Simplified Chinese, nor the other way round.
    """
    first = tag(language)
    tags = [first]
    base = first.partition("-")[0]
    if base not in {"zh", first}:
        tags.append(base)
    if "en" not in tags:
        tags.append("en")
    return tuple(tags)

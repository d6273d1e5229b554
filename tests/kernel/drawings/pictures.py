"""Looks into a drawn picture: its elements, and what a strict content security policy would refuse."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {"svg", "title", "desc", "defs", "linearGradient", "stop", "clipPath", "pattern", "g", "a",
             "path", "rect", "circle", "ellipse", "line", "text"}  # fmt: skip


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  (our own drawing)


def named(svg: str, name: str) -> list[ET.Element]:
    return list(parsed(svg).iter(SVG + name))


def faults(svg: str) -> Iterator[str]:
    """Yield whatever makes a picture unsafe or not self-contained."""
    identifiers: list[str] = []
    references: list[str] = []
    for element in parsed(svg).iter():
        name = element.tag.removeprefix(SVG)
        if name not in _ELEMENTS:
            yield f"element {name}"
        for key, value in element.attrib.items():
            if key == "style" or key.startswith("on") or (key.endswith("href") and name != "a"):
                yield f"{name} {key}"
            if key == "id":
                identifiers.append(value)
            if "url(" in value:
                references.append(value.removeprefix("url(#").removesuffix(")"))
            if "nan" in value or "inf" in value.split():
                yield f"{name} {key}={value}"
    if len(identifiers) != len(set(identifiers)):
        yield "an identifier twice"
    yield from (f"no {reference}" for reference in references if reference not in identifiers)


def words(svg: str) -> list[str]:
    return [element.text or "" for element in named(svg, "text")]

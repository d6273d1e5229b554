"""Portraits: friendly flat pictures of people who do not exist, the same for the same seed."""

from enum import StrEnum

from kith.kernel.drawings import clothes, hair
from kith.kernel.drawings.svg import Attributes, Dice, circle, document, ellipse, g, identifier, path, rect

SIZE = 200


class Look(StrEnum):
    """Which haircuts and beards are drawn from."""

    ANY = "any"
    FEMININE = "feminine"
    MASCULINE = "masculine"


# skin and its shade
_SKINS = (
    ("#F6D3B7", "#E3AF8C"),
    ("#F1C7A3", "#DBA27A"),
    ("#EFC08F", "#D59B67"),
    ("#E3AC7B", "#C58A58"),
    ("#D79C6B", "#B67B4B"),
    ("#BD8257", "#996239"),
    ("#9A6240", "#774729"),
    ("#74452C", "#56301C"),
)
# hair and its shade: the last three on lighter skin only, as is most common
_HAIR = (("#26211F", "#16120F"), ("#2E2622", "#1C1613"), ("#3D2C22", "#291C14"), ("#54382A", "#3C261B"),
         ("#7A5236", "#5C3B25"), ("#B98A4E", "#946A35"), ("#A5542F", "#7F3D1F"))  # fmt: skip
_GREY = ("#B9B6B2", "#95918C")
_GROUNDS = ("#DDEAE2", "#F2E3D3", "#E6E2F0", "#F4E9CC", "#DCE8EE", "#F3DDDC", "#E7EBD2", "#E9E4DA")
_CLOTHS = (("#2F7A63", "#1F5646"), ("#44589F", "#2E3F7A"), ("#B9502F", "#8C3A1F"), ("#C9862B", "#996318"),
           ("#7B4A7E", "#58325B"), ("#39414F", "#252C37"), ("#D9CBB4", "#B7A68A"), ("#5A8FA0", "#3E6C7A"),
           ("#D0738A", "#A54F66"), ("#F1ECE2", "#CFC7B8"))  # fmt: skip


def portrait(*, seed: str, initials: str, look: Look = Look.ANY) -> str:
    """Return a self-contained SVG of 200 × 200 units, titled with `initials`, which work clothes show on a tag.

    Presentation attributes only, as in `packshot`. Rounding it off is the page's business.
    """
    dice = Dice(seed)
    skin, skin_shade = dice.pick("skin", _SKINS)
    tones = _HAIR[:5] if _SKINS.index((skin, skin_shade)) > 2 else (*_HAIR[:5], *_HAIR)  # noqa: PLR2004  (the three lightest)
    elder = dice.chance("elder", 14)
    tone = _GREY if elder else dice.pick("tone", tones)
    cloth, trim = dice.pick("cloth", _CLOTHS)
    feminine = look == Look.FEMININE or (look == Look.ANY and dice.chance("feminine", 50))
    cut = _haircut(dice, tone, feminine=feminine, elder=elder)
    work = dice.chance("work", 35)
    dress = dice.pick("dress", clothes.WORK if work else clothes.EVERYDAY)
    return document(
        rect(0, 0, SIZE, SIZE, fill=dice.pick("ground", _GROUNDS)),
        cut.behind,
        "" if cut.covers else path("M84 112V146C84 164 116 164 116 146V112Z", fill=skin_shade),
        dress(cloth, trim, skin_shade),
        "" if cut.covers else _ears(dice, skin, skin_shade, feminine=feminine),
        path("M66 84C66 60 80 48 100 48C120 48 134 60 134 84C134 112 120 132 100 132C80 132 66 112 66 84Z", fill=skin),
        "" if feminine else _beard(dice, tone[0]),
        _face(dice, skin_shade, tone[1] if not elder else "#8B857E"),
        cut.front,
        _glasses(dice),
        clothes.tagged(initials) if work else "",
        width=SIZE,
        height=SIZE,
        title=initials,
        id_=identifier("portrait", seed, initials),
    )


def _haircut(dice: Dice, tone: tuple[str, str], *, feminine: bool, elder: bool) -> hair.Hair:
    if feminine and dice.chance("scarf", 7):
        return hair.scarf(*dice.pick("scarf colour", _CLOTHS))
    if feminine:
        return dice.pick("long", (*hair.LONG, hair.afro))(*tone)
    if elder and dice.chance("bald", 45):
        return hair.ring(*tone)
    return dice.pick("short", hair.SHORT)(*tone)


def _ears(dice: Dice, skin: str, shade: str, *, feminine: bool) -> str:
    ears = "".join(ellipse(x, 94, 7, 10, fill=skin) + ellipse(x, 94, 3, 5, fill=shade) for x in (65, 135))
    if feminine and dice.chance("earrings", 40):
        ears += "".join(circle(x, 107, 3.4, fill="#E3B04B") for x in (64, 136))
    return ears


def _face(dice: Dice, shade: str, brow: str) -> str:
    lift = dice.pick("brows", (0, 1, 2))
    brows = path(
        f"M79 {80 - lift}Q86 {75 - lift} 93 {79 - lift}M107 {79 - lift}Q114 {75 - lift} 121 {80 - lift}",
        fill="none", stroke=brow, stroke_width=3, stroke_linecap="round",
    )  # fmt: skip
    eyes = dice.pick("eyes", ("open", "open", "open", "smiling"))
    if eyes == "open":
        seen = "".join(circle(x, 90, 3.4, fill="#2A2320") + circle(x + 1.2, 88.8, 1, fill="#fff") for x in (87, 113))
    else:
        seen = path("M82 91Q87 85 92 91M108 91Q113 85 118 91", fill="none", stroke="#2A2320", stroke_width=3,
                    stroke_linecap="round")  # fmt: skip
    nose = path(dice.pick("nose", ("M100 92Q95 103 101 104", "M99 94Q97 104 103 104", "M97 103Q100 106 103 103")),
                fill="none", stroke=shade, stroke_width=2.6, stroke_linecap="round")  # fmt: skip
    mouth = {
        "smile": path("M90 114Q100 123 110 114", fill="none", stroke="#A14B3C", stroke_width=3, stroke_linecap="round"),
        "laugh": path("M89 112Q100 114 111 112Q109 125 100 125Q91 125 89 112Z", fill="#9A4236")
        + path("M91 113Q100 115 109 113L108 117Q100 118 92 117Z", fill="#fff"),
        "half": path("M91 115Q101 121 110 113", fill="none", stroke="#A14B3C", stroke_width=3, stroke_linecap="round"),
    }[dice.pick("mouth", ("smile", "laugh", "half"))]
    cheeks = "".join(ellipse(x, 105, 6.5, 4.5, fill="#E2725B", opacity=0.2) for x in (80, 120))
    return g(cheeks, brows, seen, nose, mouth)


def _beard(dice: Dice, tone: str) -> str:
    kind = dice.pick("beard", ("none",) * 6 + ("full", "stubble", "moustache"))
    if kind == "none":
        return ""
    if kind == "moustache":
        return path("M86 111Q93 104 100 108Q107 104 114 111Q107 114 100 111Q93 114 86 111Z", fill=tone)
    if kind == "stubble":
        chin = (
            "M66 88C68 103 71 108 77 108C85 103 92 106 100 106C108 106 115 103 123 108C129 108"
            " 132 103 134 88C133 113 119 132 100 132C81 132 67 113 66 88Z"
        )
        return path(chin, fill=tone, opacity=0.26)
    full = (
        "M66 88C66 100 70 108 76 108C84 102 92 106 100 106C108 106 116 102 124 108C130 108"
        " 134 100 134 88C136 116 122 137 100 137C78 137 64 116 66 88Z"
    )
    return path(full, fill=tone)


def _glasses(dice: Dice) -> str:
    if not dice.chance("glasses", 24):
        return ""
    colour = dice.pick("rim", ("#2A2E38", "#7A5236", "#8A5A00"))
    paint: Attributes = {"fill": "#fff", "fill_opacity": 0.16, "stroke": colour, "stroke_width": 2.8}
    if dice.chance("round rim", 55):
        lenses = circle(86, 91, 11.5, **paint) + circle(114, 91, 11.5, **paint)
    else:
        lenses = rect(74, 82, 23, 18, rx=5, **paint) + rect(103, 82, 23, 18, rx=5, **paint)
    bridge = path("M97 90Q100 87 103 90M74 89L66 87M126 89L134 87", fill="none", stroke=colour, stroke_width=2.6)
    return lenses + bridge

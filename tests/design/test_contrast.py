"""Every text on every background it may stand on, computed from the stylesheets in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "src/career_relay/design/static/design"
TEXT, LARGE_OR_SHAPE = 4.5, 3.0
Colour = tuple[float, float, float]

READ_TEXTS = ("text", "text-quiet", "primary", "primary-strong", "negative")
GROUNDS = ("page", "surface", "surface-sunken", "surface-hover")
PAIRS = (
    *((text, ground) for text in READ_TEXTS for ground in GROUNDS),
    *((text, f"{tone}-soft") for tone in ("primary", "positive", "caution", "negative") for text in ("text", tone)),
    *((tone, ground) for tone in ("positive", "caution") for ground in GROUNDS),
    ("primary-strong", "primary-soft"),
    ("text-quiet", "primary-soft"),
    ("text", "baton-soft"),
    ("text", "track"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-baton", "baton"),
    ("on-baton", "baton-strong"),
    ("on-ink", "ink"),
    ("on-ink", "ink-soft"),
    ("on-ink-quiet", "ink"),
    ("on-ink-quiet", "ink-soft"),
)
SHAPES = (
    *((shape, ground) for shape in ("border-strong", "primary", "baton", "negative") for ground in GROUNDS),
    ("baton", "baton-soft"),
    ("primary", "track"),
    ("primary", "primary-soft"),
    ("baton-on-ink", "ink"),
    ("baton-on-ink", "ink-soft"),
    ("carry-on-ink", "ink"),
    ("focus", "page"),
    ("focus", "surface"),
    ("on-ink", "ink"),
)


def declarations() -> dict[str, str]:
    text = (STYLES / "vendor/digital-agency/tokens.css").read_text() + (STYLES / "roles.css").read_text()
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", text):
        found.setdefault(name, value.strip())
    return found


DECLARED = declarations()


def arguments(text: str) -> list[str]:
    depth, parts = 0, [""]
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def colour(value: str, scheme: str) -> Colour:
    if value.startswith("#"):
        red, green, blue = (int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))
        return red, green, blue
    name, inside = value.split("(", 1)
    parts = arguments(inside.removesuffix(")"))
    if name == "var":
        return colour(DECLARED[parts[0].removeprefix("--")], scheme)
    if name == "light-dark":
        return colour(parts[0 if scheme == "light" else 1], scheme)
    assert (name, parts[0]) == ("color-mix", "in srgb")
    first, share = parts[1].rsplit(" ", 1)
    weight = float(share.removesuffix("%")) / 100
    mixed = zip(colour(first, scheme), colour(parts[2], scheme), strict=True)
    red, green, blue = (one * weight + other * (1 - weight) for one, other in mixed)
    return red, green, blue


def luminance(value: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in value)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    light, dark = sorted((luminance(colour(DECLARED[f"color-{name}"], scheme)) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_follows_the_definition() -> None:
    assert round((luminance((1, 1, 1)) + 0.05) / (luminance((0, 0, 0)) + 0.05), 2) == 21.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_on_its_grounds(scheme: str) -> None:
    poor = [(one, other, round(contrast(one, other, scheme), 2)) for one, other in PAIRS]
    assert [pair for pair in poor if pair[2] < TEXT] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_shape_is_visible_on_its_grounds(scheme: str) -> None:
    poor = [(one, other, round(contrast(one, other, scheme), 2)) for one, other in SHAPES]
    assert [pair for pair in poor if pair[2] < LARGE_OR_SHAPE] == []


def test_every_colour_role_has_a_place_in_the_pairs() -> None:
    decoration = {"border", "track", "scrim", "focus-halo", "paper"}
    roles = {name.removeprefix("color-") for name in DECLARED if name.startswith("color-")}
    ours = {name for name in roles if not name.startswith(("primitive", "neutral", "semantic"))}
    tested = {name for pair in (*PAIRS, *SHAPES) for name in pair}
    assert ours - decoration - tested == set()


def test_components_name_roles_only() -> None:
    primitive = re.compile(r"--color-(primitive|neutral|semantic)|#[0-9a-fA-F]{3,8}\b|\brgba?\(")
    own = [path for path in STYLES.rglob("*.css") if path.name not in {"tokens.css", "roles.css"}]
    lines = {(path.name, line.strip()) for path in own for line in path.read_text().splitlines()}
    assert {(name, line) for name, line in lines if primitive.search(line)} == set()


def test_every_role_used_is_declared() -> None:
    own = [path for path in STYLES.rglob("*.css") if "vendor" not in path.parts]
    local = set(re.findall(r"--([\w-]+):", "".join(path.read_text() for path in own)))
    used = set(re.findall(r"var\(--([\w-]+)", "".join(path.read_text() for path in own)))
    assert used - local - set(DECLARED) == set()

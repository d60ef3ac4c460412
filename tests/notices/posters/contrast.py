"""How well two colours are told from each other, as WCAG 2.2 measures it."""

from __future__ import annotations

LEAST_CONTRAST = 4.5  # of words and their ground: 1.4.3, level AA for text of any size


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as ``#0C2733``, from 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""Mix and measure colors, written ``#RRGGBB``, so that text can be read; short, for that is all of it."""

from __future__ import annotations

from functools import lru_cache

INK = "#1A1A1A"
RULE = "#8A8A8A"
WHITE = "#FFFFFF"
ALERT = "#8A1C1C"
QUIET = "#F2F2F2"
TINT_SHARE = 0.08  # paper.md: a tint is the colour at 8 %
LEAST_CONTRAST = 7.0  # WCAG 2.1, 1.4.6 (AAA)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=256)
def tint(color: str, share: float = TINT_SHARE) -> str:
    """Return the colour as a pale ground on white."""
    pale = (round(255 - (255 - channel) * share) for channel in _channels(color))
    return "#" + "".join(f"{channel:02X}" for channel in pale)


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1024)
def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def readable(color: str, ground: str = WHITE) -> str:
    """Return the colour where it reads well on the ground; else ink or white."""
    if color and contrast(color, ground) >= LEAST_CONTRAST:
        return color
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE

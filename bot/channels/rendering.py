"""SVG → PNG. Apart from everything else, so that a process that draws loads nothing but this."""

from __future__ import annotations

from bot.advice.chart.metrics import FAMILY, FILES


def render(svg: str) -> bytes:
    """The picture as PNG, in this process, which it holds for about a tenth of a second."""
    import resvg_py  # noqa: PLC0415 - where it is missing there are no pictures, and all the rest works

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(path) for path in FILES.values()],
        font_family=FAMILY,
    )

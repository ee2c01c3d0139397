"""A link as a QR code."""

from __future__ import annotations

from markupsafe import Markup


def qr_code(link: str, label: str) -> Markup:
    """The QR code as an image: dark on light in every theme, with the quiet zone that scanners need."""
    import segno

    drawn = segno.make(link, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return Markup('<div class="pp-qr" role="img" aria-label="{}">{}</div>').format(label, Markup(drawn))

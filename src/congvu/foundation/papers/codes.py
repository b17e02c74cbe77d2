"""The two pictures of a code on a paper: the square one of an address, the bars of a dossier's code."""

import logging
from io import BytesIO

import segno

logging.getLogger("pyBarcode").setLevel(
    logging.WARNING
)  # it tells at import that it cannot draw PNG, which we never ask
from barcode.codex import Code128  # noqa: E402

_QUIET = 10  # modules of white on either side, as ISO/IEC 15417 asks


def qr_svg(address: str) -> str:
    """A QR code (error level M) as SVG, scalable."""
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=1, border=2, omitsize=True, xmldecl=False)
    return out.getvalue().decode()


def bars_svg(code: str) -> str:
    """Code 128 of `code` as SVG, one path, as wide as 100 and as high as 20. Raises ValueError outside ASCII."""
    if not code.isascii() or not code.isprintable() or not code:
        raise ValueError(f"{code!r} cannot be drawn as bars")
    modules: str = Code128(code).build()[0]
    wide = len(modules) + 2 * _QUIET
    parts, at = [], 0
    while at < len(modules):
        end = at
        while end < len(modules) and modules[end] == modules[at]:
            end += 1
        if modules[at] == "1":
            parts.append(f"M{at + _QUIET} 0h{end - at}v20h-{end - at}z")
        at = end
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} 20" preserveAspectRatio="none">'
        f'<path d="{"".join(parts)}" fill="black"/></svg>'
    )

"""Slips as PDF: one dossier, or a set in one print job."""

from collections.abc import Iterable, Sequence
from typing import Any

from congvu.dossiers.queries.detail import Detail
from congvu.dossiers.rules.slips import Form
from congvu.dossiers.web.papers.fields import Setting, slip_fields
from congvu.foundation.papers.codes import bars_svg, qr_svg
from congvu.foundation.papers.pdf import render

TEMPLATE = "dossiers/web/papers/slips.typ"


def slips_pdf(
    slips: Iterable[tuple[Detail, Form, Setting]], left_out: Sequence[tuple[str, str]] = ()
) -> bytes:
    """One PDF with every slip, each beginning on its own sheet of its own size. No statement.

    `left_out`: (dossier, why) of those chosen that have no such slip, told on a last sheet.
    """
    return pdf_of([slip_fields(*one) for one in slips], left_out)


def pdf_of(fields: Iterable[dict[str, Any]], left_out: Sequence[tuple[str, str]] = ()) -> bytes:
    """The PDF of slips whose fields are known already."""
    slips = [{**one, **_pictures(one)} for one in fields]
    title = f"{slips[0]['tenMau']} {slips[0]['maHoSo']}".strip() if len(slips) == 1 else f"{len(slips)} phiếu"
    author = slips[0]["donViTiepNhan"] if slips else ""
    return render(TEMPLATE, {"title": title, "author": author, "slips": slips, "left": left_out})


def _pictures(fields: dict[str, Any]) -> dict[str, str]:
    code, address = fields["maHoSo"], fields["diaChiTraCuu"]
    return {"qr": qr_svg(address) if address else "", "vach": bars_svg(code) if code else ""}

"""The paper that tells a dossier's result, made for signing when the officer brings no paper of their own."""

from dataclasses import dataclass
from datetime import date

from congvu.dossiers.queries.detail import Detail
from congvu.dossiers.web.letterhead import letterhead
from congvu.dossiers.web.papers.fields import at_hour
from congvu.foundation.papers.codes import qr_svg
from congvu.foundation.papers.head import in_words
from congvu.foundation.papers.pdf import render
from congvu.organisation.rules.picture import Picture


@dataclass(frozen=True, slots=True)
class Telling:
    """What the result says, and as whom it is signed: the lines above the name (`rules.signing.lines`)."""

    name: str
    text: str = ""
    number: str = ""
    lines: tuple[str, ...] = ()
    signer: str = ""
    agency: int = 0  # whose paper it is; the competent unit's when nobody signs yet
    draft: bool = False  # not signed yet: marked so on every page
    check_code: str = ""
    check_at: str = ""  # the public page that verifies signatures


def result_pdf(found: Detail, telling: Telling, known: Picture, on: date) -> bytes:
    """The PDF of one dossier's result. No statement."""
    head = letterhead(known, telling.agency or found.competent_unit_id, on)
    return render(
        "dossiers/web/papers/result.typ",
        {
            "coQuanTren": head["parent"], "coQuan": head["unit"], "tenDiaDanh": head["place"],
            "ngayThangNam": in_words(on), "so": telling.number, "maHoSo": found.code or "", "chuHoSo": found.owner_name,
            "ngayTiepNhan": at_hour(found.received_at), "tenTTHC": found.procedure,
            "trichYeuHoSo": found.summary or found.procedure, "tenKetQua": telling.name, "noiDung": telling.text,
            "noiTiepNhan": known.name(found.receiving_unit_id, on), "quyenHan": list(telling.lines),
            "nguoiKy": telling.signer, "duThao": telling.draft,
            "maKiemTra": telling.check_code,
            "qr": qr_svg(telling.check_at) if telling.check_at else "",
        },
    )  # fmt: skip

"""The letter that tells someone the day of retirement, as PDF."""

from congvu.foundation.papers.pdf import render
from congvu.foundation.workdays.days import next_day
from congvu.people.actions.notices import Told
from congvu.people.queries.card import Card
from congvu.people.rules.codes import FEMALE


def notice_pdf(found: Card, told: Told, unit: str, position: str) -> bytes:
    """The letter. Without a number it is a draft to be issued. No statement."""
    notice = told.notice
    day = notice.issued_on if notice else None
    return render(
        "people/web/papers/retirement_notice.typ",
        {
            "coQuan": unit,
            "so": notice.number if notice else "",
            "ngay": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else "ngày      tháng      năm 20",
            "nguoiKy": notice.signer if notice else "",
            "ong": "bà" if told.sex == FEMALE else "ông",
            "hoTen": told.name,
            "ngaySinh": f"{told.birth:%d/%m/%Y}",
            "soHieu": found.number,
            "chucVu": position,
            "tuoi": told.retirement.age_words,
            "ngayCuoi": f"{told.retirement.last_day:%d/%m/%Y}",
            "tuNgay": f"{next_day(told.retirement.last_day):%d/%m/%Y}",
            "canCu": told.rule.citation,
        },
    )

"""What heads every paper: the place and the day, as NĐ 30/2020/NĐ-CP writes them."""

from datetime import date

from django.conf import settings


def place() -> str:
    """The province as it stands before a date: "Bình Giang" of "Tỉnh Bình Giang"."""
    province: str = settings.PROVINCE_NAME
    name = province.split(" ", 1)[1] if province.startswith(("Tỉnh ", "Thành phố ")) else province
    return name.removeprefix("phố ")


def in_words(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days under ten and January, February with a nought (NĐ 30/2020, Phụ lục I)."""
    return f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" if day.month < 3 else (
        f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
    )  # fmt: skip

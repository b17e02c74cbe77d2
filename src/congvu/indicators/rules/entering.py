"""Numbers people enter: how a typed number is read, and what an entry must say. Pure.

Numbers are read as Vietnamese papers write them: a comma before the decimals, a point between thousands. What could be read
in two ways is refused, never guessed: «88.3» and «1,234» would be other numbers in an English file.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu.foundation.refusal import Refused
from congvu.indicators.rules.definitions import ENTERED_FLAGS, Figure, Flag, Measure
from congvu.indicators.rules.periods import period_of

_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(,[0-9]+)?")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
WITH_DECIMALS = (Measure.MONEY, Measure.HOURS, Measure.POINTS)
MOST = Decimal(10) ** 15
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as somebody enters it. `replaces`: the row it corrects."""

    figure: str
    unit_id: int | None
    first: date
    last: date
    flag: Flag
    paper: str
    reason: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rate: Decimal | None = None
    words: str = ""
    replaces: int | None = None


def number_of(text: str, where: str) -> Decimal | None:
    """A typed number; None when nothing is typed. Refuses a decimal point, and what is no number."""
    typed = text.strip().removesuffix("%").strip().replace("\u00a0", "").replace(" ", "")
    if not typed:
        return None
    if _GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(",", "."))
    if _POINT.fullmatch(typed):
        raise Refused(
            f"Số «{text[:30]}» dùng dấu chấm thập phân.",
            where=where,
            do=f"Viết dấu phẩy: {typed.replace('.', ',')}; dấu chấm chỉ ngăn hàng nghìn (1.783.174).",
        )
    if not _PLAIN.fullmatch(typed):
        raise Refused(f"Không đọc được số «{text[:30]}».", where=where, do="Viết dạng 1.783.174 hoặc 11,98.")
    return Decimal(typed.replace(",", "."))


def number_typed(number: Decimal | None) -> str:
    """The number as a person would type it, so that `number_of` reads the same; "" for none."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def cell_number(cell: object, where: str) -> Decimal | None:
    """A number of a sheet: a number as it is, a text as it is typed."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    return number_of(str(cell), where)


def checked(figure: Figure, typed: Typed) -> Typed:
    """The entry when it says all that its flag needs. Refuses what does not hold together, in words, naming the field."""
    period_of(typed.first, typed.last)
    if figure.of_day and typed.first != typed.last:
        raise Refused(
            "Số liệu này tính tại một ngày.", where="first", do="Ghi ngày đầu và ngày cuối như nhau."
        )
    for value, where, words in (
        (typed.paper, "paper", "Lấy từ giấy tờ nào"),
        (typed.reason, "reason", "Lý do nhập tay"),
    ):
        if not value.strip():
            raise Refused(
                f"Chưa ghi: {words.lower()}.", where=where, do="Ghi số, ký hiệu, ngày của giấy tờ và lý do."
            )
    if typed.flag not in ENTERED_FLAGS:
        raise Refused("Chưa chọn số này là loại nào.", where="flag", do="Chọn một loại.")
    numbers = ((typed.numerator, "numerator"), (typed.denominator, "denominator"), (typed.rate, "rate"))
    for number, where in numbers:
        if number is not None and not 0 <= number < MOST:
            raise Refused("Số phải từ 0 đến dưới một triệu tỷ.", where=where, do="Kiểm tra lại số.")
    _whole_numbers(figure, typed)
    _two_numbers(figure, typed)
    _by_flag(figure, typed)
    return typed


def _whole_numbers(figure: Figure, typed: Typed) -> None:
    if figure.measure in WITH_DECIMALS:
        return
    for number, where in ((typed.numerator, "numerator"), (typed.denominator, "denominator")):
        if number is not None and number != number.to_integral_value():
            raise Refused(
                f"Số {figure.measure.value} phải là số nguyên, không phải {str(number).replace('.', ',')}.",
                where=where,
                do="Nếu là hàng nghìn thì viết dấu chấm: 1.234.",
            )


def _two_numbers(figure: Figure, typed: Typed) -> None:
    if figure.out_of is None:
        if typed.denominator is not None or typed.rate is not None:
            raise Refused(
                "Số liệu này là số đếm, không có mẫu số, tỷ lệ.", where="denominator", do="Chỉ ghi một số."
            )
        return
    if typed.denominator == 0:
        raise Refused(
            "Mẫu số bằng 0: không có gì để chia.",
            where="denominator",
            do="Kỳ không phát sinh thì không nhập số nào.",
        )
    if (typed.numerator is None) != (typed.denominator is None):
        raise Refused(
            "Tỷ lệ cần đủ tử số và mẫu số.",
            where="denominator",
            do="Chỉ có tỷ lệ thì chọn loại «Chỉ có tỷ lệ».",
        )
    if typed.numerator is not None and typed.denominator is not None:
        if typed.numerator > typed.denominator:
            raise Refused("Tử số lớn hơn mẫu số.", where="numerator", do="Kiểm tra lại hai số.")
        if typed.rate is not None:
            raise Refused(
                "Đã có hai số thì không ghi tỷ lệ: tỷ lệ do máy tính.", where="rate", do="Bỏ tỷ lệ."
            )
    if typed.rate is not None and typed.rate > HUNDRED:
        raise Refused("Tỷ lệ lớn hơn 100%.", where="rate", do="Kiểm tra lại tỷ lệ.")


def _by_flag(figure: Figure, typed: Typed) -> None:
    match typed.flag:
        case Flag.HAND | Flag.QUOTED:
            if typed.numerator is None:
                raise Refused(
                    "Chưa ghi số.", where="numerator", do="Ghi số, hoặc chọn loại khác nếu không rõ số."
                )
        case Flag.RATE_ONLY:
            if figure.out_of is None or typed.rate is None or typed.numerator is not None:
                raise Refused(
                    "«Chỉ có tỷ lệ» cần một tỷ lệ và không có hai số.",
                    where="rate",
                    do="Ghi tỷ lệ, ví dụ 88,3.",
                )
        case Flag.APPROXIMATE:
            if not typed.words:
                raise Refused(
                    "Số xấp xỉ cần nguyên văn.", where="words", do="Ghi đúng như giấy tờ: «gần 95%»."
                )
        case Flag.UNKNOWN_COUNT:
            if not typed.words or typed.numerator is not None or typed.rate is not None:
                raise Refused(
                    "«Không rõ số lượng» chỉ có nguyên văn, không có số.",
                    where="words",
                    do="Ghi đúng như giấy tờ: «một số sở».",
                )

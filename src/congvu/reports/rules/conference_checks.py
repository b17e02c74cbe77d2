"""Whether what a file says agrees with itself: every name it uses is one it has, every figure has one source of numbers."""

from collections.abc import Iterable

from congvu.indicators.rules.definitions import Flag
from congvu.reports.rules.conference import Chosen, Conference, FigureIs, Group
from congvu.reports.rules.conference_reading import Faults


def check(conference: Conference, faults: Faults) -> None:
    """Notes every disagreement with its line."""
    _once([(one.code, one.line) for one in conference.figures], "số liệu", faults)
    _once([(one.code, one.line) for one in conference.sentences], "câu", faults)
    _once([(one.code, one.line) for one in conference.groups], "nhóm đơn vị", faults)
    _once([(one.code, group.line) for group in conference.groups for one in group.units], "đơn vị", faults)
    _once([(one.number, one.line) for one in conference.posts], "quyết định", faults)
    groups = {one.code: one for one in conference.groups}
    for record in conference.records:
        _choice(record.units, groups, faults)
    figures = {one.code: one for one in conference.figures}
    for figure in conference.figures:
        _figure(figure, figures, groups, faults)
    for sentence in conference.sentences:
        for code in sentence.figures:
            if code not in figures:
                faults.note(
                    sentence.line,
                    f"Câu «{sentence.code}» dùng số liệu «{code[:40]}» không có trong tệp.",
                    "Thêm [[figures]] với mã đó, hoặc sửa mã.",
                )
    named = {code for sentence in conference.sentences for code in sentence.figures}
    for figure in conference.figures:
        used = any(figure.code in (*other.sums, *other.parts) for other in conference.figures)
        if figure.code not in named and not used:
            faults.note(
                figure.line, f"Không câu nào dùng số liệu «{figure.code}».", "Ghi mã vào figures của một câu."
            )


def _once(found: Iterable[tuple[str, int]], what: str, faults: Faults) -> None:
    seen: dict[str, int] = {}
    for code, line in found:
        if code in seen:
            faults.note(line, f"Mã {what} «{code[:60]}» đã dùng ở dòng {seen[code]}.", "Đặt mã khác.")
        seen.setdefault(code, line)


def _choice(chosen: Chosen, groups: dict[str, Group], faults: Faults) -> None:
    if not chosen.group:
        return
    group = groups.get(chosen.group)
    if group is None:
        faults.note(
            chosen.line, f"Không có nhóm đơn vị «{chosen.group[:40]}».", "Thêm [[units]] với class đó."
        )
        return
    codes = {one.code for one in group.units}
    strays = [code for code in chosen.without if code not in codes]
    if strays:
        faults.note(chosen.line, f"«{strays[0][:40]}» không thuộc nhóm «{group.code}».", "Sửa «without».")
    if chosen.first is not None and chosen.first > len(codes - set(chosen.without)):
        faults.note(
            chosen.line,
            f"Nhóm «{group.code}» chỉ có {len(codes - set(chosen.without))} đơn vị, không đủ {chosen.first}.",
            "Sửa «first» hoặc thêm đơn vị.",
        )


def _figure(figure: FigureIs, figures: dict[str, FigureIs], groups: dict[str, Group], faults: Faults) -> None:
    sources = [figure.counted, figure.figure, figure.sums, figure.hand]
    if sum(bool(one) for one in sources) != 1:
        faults.note(
            figure.line,
            f"Số liệu «{figure.code}» cần đúng một nguồn: counted, figure, sums hoặc flag.",
            "Đếm bản ghi, dùng số liệu của danh mục, cộng các số liệu khác, hoặc nhập tay.",
        )
    if figure.counted is None and (figure.out_of or figure.less or figure.owed):
        faults.note(
            figure.line, f"Số liệu «{figure.code}» có out_of, less mà không có counted.", "Thêm counted."
        )
    _names(figure, figures, groups, faults)
    if figure.hand is not None:
        _hand(figure, faults)


def _names(figure: FigureIs, figures: dict[str, FigureIs], groups: dict[str, Group], faults: Faults) -> None:
    for part in (figure.counted, figure.less, figure.out_of):
        for code in part.units if part else ():
            if code not in groups:
                faults.note(
                    figure.line, f"Không có nhóm đơn vị «{code[:40]}».", "Sửa «units», hoặc thêm [[units]]."
                )
    for key, codes in (("sums", figure.sums), ("parts", figure.parts), ("overlaps", figure.overlaps)):
        for code in codes:
            if code not in figures or code == figure.code:
                faults.note(
                    figure.line, f"«{key}» của «{figure.code}» nêu «{code[:40]}» không có.", "Sửa mã."
                )
    for code in (*figure.sums, *figure.parts):
        other = figures.get(code)
        if other is None:
            continue
        if other.sums or other.parts:
            faults.note(figure.line, f"«{code}» đã là số cộng.", "Chỉ cộng các số liệu đơn.")
        if other.measure != figure.measure:
            faults.note(
                figure.line,
                f"«{figure.code}» cộng {figure.measure} với {other.measure} («{code}»): không có tổng.",
                "Chỉ cộng số liệu cùng đơn vị tính.",
            )


def _hand(figure: FigureIs, faults: Faults) -> None:
    hand = figure.hand
    assert hand is not None  # asked by the caller
    numbers = hand.numerator is not None or hand.denominator is not None
    wrong = {
        Flag.RATE_ONLY: ("cần rate và không có numerator, denominator", hand.rate is None or numbers),
        Flag.UNKNOWN_COUNT: ("không được có số nào", hand.rate is not None or numbers),
        Flag.APPROXIMATE: ("cần rate hoặc numerator", hand.rate is None and hand.numerator is None),
        Flag.HAND: ("cần numerator và không có rate", hand.rate is not None or hand.numerator is None),
        Flag.QUOTED: ("cần numerator và không có rate", hand.rate is not None or hand.numerator is None),
    }.get(hand.flag)
    if wrong is not None and wrong[1]:
        faults.note(figure.line, f"Số liệu «{figure.code}» có flag {hand.flag.value} thì {wrong[0]}.", "Sửa.")
    if not figure.printed:
        faults.note(
            figure.line, f"Số liệu nhập tay «{figure.code}» thiếu printed.", "Ghi chữ in trong văn bản."
        )
    if hand.denominator is not None and (hand.numerator is None or hand.denominator < hand.numerator):
        faults.note(figure.line, f"Tử số của «{figure.code}» lớn hơn mẫu số, hoặc thiếu.", "Kiểm tra hai số.")
    if hand.entries and len(hand.entries) != hand.numerator:
        faults.note(
            figure.line,
            f"«{figure.code}» kê {len(hand.entries)} mục nhưng numerator là {hand.numerator}.",
            "Kê đủ số mục, hoặc sửa số.",
        )

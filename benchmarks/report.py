"""A report of 150 figures as PDF and as Word, beside the same libraries setting the same text with the numbers typed in it.

The floor has no figure: Typst and python-docx get the finished words. What is above it is ours: reading the text, finding
each number, rounding it once, marking what was not computed. No database is asked: an approved report is one row.
"""

from __future__ import annotations

from typing import Any

from harness import in_turns, main, prepare_django, report, seconds, wanted

LINES = (
    "Trong kỳ, các cơ quan tiếp nhận {} hồ sơ, tăng so với cùng kỳ năm trước; công tác chỉ đạo được duy trì thường xuyên.",
    "Tỷ lệ giải quyết trước hạn và đúng hạn đạt {}, thuộc nhóm các lĩnh vực có kết quả tốt của tỉnh.",
    "Đến hết kỳ còn {} hồ sơ đang giải quyết, được theo dõi từng tuần và báo cáo lãnh đạo.",
)


def run(*, rounds: int = 5, figures: int = 150, times: int = 5) -> dict[str, Any]:
    """Seconds of one report; ratios are ours divided by the same text without figures."""
    prepare_django()
    from congvu.reports.web.papers.fields import Fields
    from congvu.reports.web.papers.pdf import pdf_of
    from congvu.reports.web.papers.word import word_of
    from congvu.reports.web.telling import tell

    body, numbers = text_of(figures)
    ours = tell(body, numbers, {})
    bare_body = "\n".join(
        ("# " if row.kind == "part" else "") + "".join(one.text for one in row.runs) for row in ours.rows
    )
    head = Fields("", "Ủy ban nhân dân tỉnh", "15/BC-UBND", "Bình Giang, ngày 20 tháng 11 năm 2026", "Kết quả", "",
                  ("CHỦ TỊCH",), "Nguyễn Văn A", ("Lưu: VT.",))  # fmt: skip
    bare = tell(bare_body, [], {})
    count = iter(range(10**9))

    def another() -> (
        Fields
    ):  # Typst keeps what it has set before, and would give the same paper again for nothing
        return Fields(
            **{**{name: getattr(head, name) for name in head.__slots__}, "number": f"{next(count)}/BC"}
        )

    def each(work: Any) -> float:
        return seconds(lambda: [work() for _ in range(times)]) / times

    measured = in_turns(
        {
            "pdf_without_figures": lambda: each(lambda: pdf_of(bare, another())),
            "pdf": lambda: each(lambda: pdf_of(tell(body, numbers, {}), another())),
            "word_without_figures": lambda: each(lambda: word_of(bare, another())),
            "word": lambda: each(lambda: word_of(tell(body, numbers, {}), another())),
            "telling_alone": lambda: each(lambda: tell(body, numbers, {})),
        },
        rounds,
    )
    printed = sum(one.told is not None for row in ours.rows for one in row.runs)
    if printed != figures or len(pdf_of(ours, head)) < 1000 or len(word_of(ours, head)) < 1000:
        raise ValueError("the report does not hold its figures")
    ratios = {
        name: round(measured[name] / measured[f"{name}_without_figures"], 2) for name in ("pdf", "word")
    }
    return report(
        "report",
        {
            "figures": figures,
            "seconds": {name: round(value, 4) for name, value in measured.items()},
            "times_the_text_without_figures": ratios,
        },
        [
            wanted("PDF beside the same text without figures, times", ratios["pdf"], most=3),
            wanted("Word beside the same text without figures, times", ratios["word"], most=3),
        ],
    )


def text_of(figures: int) -> tuple[str, list[dict[str, Any]]]:
    """The text and its numbers, every tenth entered by hand."""
    from congvu.reports.rules.numbers import Told, written
    from congvu.reports.rules.text import Asked, FigureRef

    lines, numbers = [], []
    for n in range(figures):
        asked = Asked(f"so-lieu.{n}")
        share = n % 3 == 1
        told = Told(
            asked, f"Số liệu thứ {n}", "hồ sơ", numerator=1000 + n, denominator=1100 + n if share else None, share=share,
            flag="hand-entered" if n % 10 == 9 else "computed", note="Công văn 12/SNV. Hệ thống cũ. Người nhập: A.",
        )  # fmt: skip
        if n % 15 == 0:
            lines.append(f"# Phần thứ {n // 15 + 1}")
        lines.append(LINES[n % 3].replace("{}", FigureRef(asked).token))
        numbers.append(written(told))
    return "\n".join(lines), numbers


if __name__ == "__main__":
    main(run)

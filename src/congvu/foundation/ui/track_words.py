"""The track in words: the rows of its table and stair, and the description a screen reader hears. Pure."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.ui import formats
from congvu.foundation.ui.track import DONE, NOW, PAUSED, WAITING, Track, TrackStep


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A step for the table (dates, chip) and for the stair (`css`, `mark`, `said`)."""

    number: int
    name: str
    agency: str
    start: date | None
    due: date | None
    end: date | None
    chip_state: str
    chip_words: str
    css: str
    mark: str
    said: str
    tone: str
    url: str
    facts: str


def rows(track: Track) -> list[TrackRow]:
    """The steps in order."""
    return [_row(track, number, step) for number, step in enumerate(track.steps, start=1)]


def _row(track: Track, number: int, step: TrackStep) -> TrackRow:
    late = track.late_days(step)
    chip_state, chip_words = _chip(step, late)
    css = {DONE: "done", NOW: "now", PAUSED: "held"}.get(step.state, "")
    if late:
        css = f"{css} waslate".strip()
    marks = {DONE: "exclamation-lg" if late else "check-lg", NOW: "play-fill", PAUSED: "pause-circle-fill"}
    return TrackRow(
        number=number,
        name=step.name,
        agency=track.lane_name(step),
        start=step.start,
        due=step.due,
        end=step.end if step.state == DONE else None,
        chip_state=chip_state,
        chip_words=chip_words,
        css=css,
        mark=marks.get(step.state, ""),
        said=_said(step, late),
        tone="t-late" if late else {NOW: "t-acc", PAUSED: "t-pause"}.get(step.state, ""),
        url=step.url,
        facts=step.facts,
    )


def _chip(step: TrackStep, late: int) -> tuple[str, str]:
    if late:
        return "late", f"Trễ {late_amount(step, late)}"
    if step.state == DONE:
        return "ok", "Đúng hạn" if step.due else "Đã xong"
    return {NOW: ("now", "Đang làm"), PAUSED: ("pause", "Tạm dừng")}.get(
        step.state, ("idle", "Chưa đến lượt")
    )


def _said(step: TrackStep, late: int) -> str:
    """The last line of the stair."""
    if step.state == DONE:
        words = f"Xong {formats.day_month(step.end)}" if step.end else "Đã xong"
        return (
            f"{words}, trễ {late_amount(step, late)}{'' if step.late_words else ' làm việc'}"
            if late
            else words
        )
    if step.state in (NOW, PAUSED):
        words = "Đang làm" if step.state == NOW else "Tạm dừng"
        if step.start:
            words += f" từ {formats.day_month(step.start)}"
        if step.due:
            words += f", hạn của bước {formats.day_month(step.due)}"
        return _late(words, step, late)
    if step.start and step.end and step.start != step.end:
        return f"Dự kiến {formats.day_month(step.start)} – {formats.day_month(step.end)}"
    planned = step.end or step.start or step.due
    return f"Dự kiến {formats.day_month(planned)}" if planned else "Chưa đến lượt"


def _late(words: str, step: TrackStep, late: int) -> str:
    return f"{words}, đã trễ {late_amount(step, late)}" if late else words


def late_amount(step: TrackStep, late: int) -> str:
    """ "3 ngày", or the caller's own words."""
    return step.late_words or f"{formats.number(late)} ngày"


def description(track: Track) -> str:
    """The picture in sentences."""
    parts: list[str] = []
    for state, words in (
        (DONE, "đã xong"),
        (NOW, "đang làm"),
        (PAUSED, "tạm dừng"),
        (WAITING, "chưa đến lượt"),
    ):
        numbers = [n for n, step in enumerate(track.steps, start=1) if step.state == state]
        if numbers:
            parts.append(_sentence(track, numbers, words))
    if track.due:
        parts.append(f"Hẹn trả {formats.day(track.due)}.")
    return " ".join(parts)


def _sentence(track: Track, numbers: list[int], words: str) -> str:
    together = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    if together:
        who = f"Bước {numbers[0]} đến {numbers[-1]}"
    else:
        named = (
            f"{'Bước' if i == 0 else 'bước'} {n} ở {track.lane_name(track.steps[n - 1])}"
            for i, n in enumerate(numbers)
        )
        who = formats.listing(named, limit=99)
    late = [
        f"bước {n} ở {track.lane_name(step)} trễ {late_amount(step, track.late_days(step))}"
        for n in numbers
        if track.late_days(step := track.steps[n - 1])
    ]
    return f"{who} {words}{', ' + ', '.join(late) if late else ''}."

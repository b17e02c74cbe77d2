"""The geometry of the track: lanes are agencies, x is real days. Pure; `track.html` only writes it down.

Numbers leave here as text with a point: a Vietnamese template would write 12,5 and break the picture.
"""

from dataclasses import dataclass, field
from datetime import date

from congvu.foundation.ui import formats
from congvu.foundation.ui.track import DONE, NOW, PAUSED, WAITING, WEEKEND, Track, TrackStep
from congvu.foundation.ui.track_words import description, late_amount

WIDTH, LEFT, RIGHT, TOP = 900.0, 158.0, 892.0, 46.0
BAR, FIRST_BAR, ROW, LANE_FOOT = 16.0, 31.0, 46.0, 13.0
SMALLEST = 8.0  # a step of one day in a track of a year is still a thing to see
CHARACTER = 6.9  # mean width of a letter of a label, for placing only
NAME_LIMIT, LANE_LIMIT = 34, 21


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, or with `d` a path. `css` is its class, `words` what it is called."""

    css: str
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    d: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text: `more` is the coloured tail of a step's name."""

    x: str
    y: str
    text: str
    css: str = ""
    anchor: str = "start"
    more: str = ""
    more_css: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """The vertical line of today or of the due day, with its box."""

    css: str
    x: str
    box_x: str
    box_width: str
    text_x: str
    text: str


@dataclass(slots=True)
class TrackPicture:
    """Everything the template draws, from the back to the front."""

    height: str
    bottom: str
    described: str
    has_weekends: bool
    has_holidays: bool
    bands: list[Shape] = field(default_factory=list)
    ticks: list[Label] = field(default_factory=list)
    lane_lines: list[str] = field(default_factory=list)
    lane_names: list[Label] = field(default_factory=list)
    links: list[Shape] = field(default_factory=list)
    bars: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


@dataclass(slots=True)
class _Placed:
    """A step on the sheet: its bar, the room its label takes, its row in the lane."""

    step: TrackStep
    number: int
    x1: float
    x2: float
    label_x: float
    anchor: str
    left: float
    right: float
    row: int = 0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to x. A day is as wide as it is; its middle is where today stands."""

    first: int
    per_day: float

    def x(self, day: date) -> float:
        return LEFT + (day.toordinal() - self.first) * self.per_day

    def after(self, day: date) -> float:
        return self.x(day) + self.per_day


def picture(track: Track) -> TrackPicture:
    """Place everything. Time grows with steps × lanes and with the days shown, nothing else."""
    scale = _scale(track)
    placed = _place(track, scale)
    tops, bottom = _stack(track, placed)
    weekends = 2 * scale.per_day >= 6
    drawn = TrackPicture(
        height=px(bottom + 8),
        bottom=px(bottom),
        described=description(track),
        has_weekends=False,
        has_holidays=False,
    )
    _bands(drawn, track, scale, bottom, weekends)
    _ticks(drawn, track, scale)
    _lanes(drawn, track, tops, bottom)
    _links(drawn, placed)
    for one in placed:
        _bar(drawn, track, scale, one)
    _flags(drawn, track, scale)
    return drawn


def px(value: float) -> str:
    """A coordinate: one decimal, with a point."""
    return f"{value:.1f}".removesuffix(".0")


def _dates(track: Track, step: TrackStep) -> tuple[date, date]:
    """First and last day of a bar; what is not known is put where it would come."""
    start = step.start
    if start is None:
        before = [track.steps[n - 1] for n in step.waits_for if 0 < n <= len(track.steps)]
        known = [day for other in before for day in (other.end or other.due,) if day]
        floor = track.received if step.state == DONE else track.today
        start = max([*known, floor])
    if step.state == DONE:
        end = step.end or start
    elif step.state in (NOW, PAUSED):
        end = max(track.today, step.due or track.today)
    else:
        end = step.end or step.due or start
    return start, max(start, end)


def _scale(track: Track) -> _Scale:
    days = [track.received, *([track.due] if track.due else []), *([] if track.finished else [track.today])]
    for step in track.steps:
        days.extend(day for day in (step.start, step.end, step.due) if day)
    first, last = min(days).toordinal(), max(days).toordinal()
    return _Scale(first, (RIGHT - LEFT) / max(last + 2 - first, 12))


def _place(track: Track, scale: _Scale) -> list[_Placed]:
    placed: list[_Placed] = []
    for number, step in enumerate(track.steps, start=1):
        start, end = _dates(track, step)
        unknown = step.state == WAITING and step.start is None
        x1 = min(scale.after(start) if unknown else scale.x(start), RIGHT - SMALLEST)
        x2 = min(max(scale.after(end), x1 + (2 * SMALLEST if unknown else SMALLEST)), WIDTH)
        if step.state == NOW and track.late_days(step):
            x2 = max(
                scale.x(track.today) + scale.per_day / 2, x1 + SMALLEST
            )  # the overrun ends at today's line
        elif step.state in (NOW, PAUSED) and step.due is None:
            x2 = min(x2 + 14, WIDTH)  # open at the right: no due day of its own
        tail = _tail(track, step)[0]
        wide = CHARACTER * (len(_name(step, number)) + len(tail) + (1 if tail else 0)) + 6
        room_at = x1 + (13 if step.waits_for else 0)
        if room_at + wide <= WIDTH:
            placed.append(
                _Placed(step, number, x1, x2, room_at, "start", min(x1, room_at), max(x2, room_at + wide))
            )
        else:
            at = max(min(x2, WIDTH) - 4, LEFT + wide)
            placed.append(_Placed(step, number, x1, x2, at, "end", min(x1, at - wide), max(x2, at)))
    return placed


def _stack(track: Track, placed: list[_Placed]) -> tuple[list[float], float]:
    """Give each step a row of its lane so that neither bars nor names meet; the top of each lane and the bottom."""
    tops: list[float] = []
    y = TOP
    for lane in track.lanes:
        tops.append(y)
        ends: list[float] = []
        for one in sorted((p for p in placed if p.step.agency == lane.key), key=lambda p: (p.left, p.number)):
            one.row = next((row for row, end in enumerate(ends) if end + 6 <= one.left), len(ends))
            ends[one.row : one.row + 1] = [one.right]
            one.y = y + FIRST_BAR + one.row * ROW
        y += max(60.0, FIRST_BAR + BAR + LANE_FOOT + ROW * (max(len(ends), 1) - 1))
    return tops, y


def _bands(drawn: TrackPicture, track: Track, scale: _Scale, bottom: float, weekends: bool) -> None:
    last = scale.first + int((RIGHT - LEFT) / scale.per_day)
    run_start, run_kind, previous = 0, "", 0
    runs: list[tuple[int, int, str]] = []
    for day in sorted(track.off_days):
        ordinal = day.toordinal()
        if not scale.first <= ordinal <= last:
            continue
        kind = "we" if track.off_days[day] == WEEKEND else "hol"
        if run_kind == kind and ordinal == previous + 1:
            runs[-1] = (run_start, ordinal, kind)
        else:
            run_start, run_kind = ordinal, kind
            runs.append((ordinal, ordinal, kind))
        previous = ordinal
    for first, final, kind in runs:
        if kind == "we" and not weekends:
            continue
        x = LEFT + (first - scale.first) * scale.per_day
        width = min(max((final + 1 - first) * scale.per_day, 2.0), RIGHT + 8 - x)
        drawn.bands.append(Shape(kind, px(x), px(TOP), px(width), px(bottom - TOP)))
        drawn.has_weekends |= kind == "we"
        drawn.has_holidays |= kind == "hol"


def _ticks(drawn: TrackPicture, track: Track, scale: _Scale) -> None:
    """Mondays, every second or fourth Monday, or first days of months: whatever leaves 56 px between labels."""
    last = scale.first + int((RIGHT - LEFT) / scale.per_day)
    step = next((n for n in (7, 14, 28) if n * scale.per_day >= 56), 0)
    first_monday = scale.first + (7 - date.fromordinal(scale.first).weekday()) % 7
    if step:
        days = [date.fromordinal(o) for o in range(first_monday, last + 1, step)]
    else:
        days = [d for o in range(scale.first, last + 1) if (d := date.fromordinal(o)).day == 1]
        every = next((n for n in (1, 3, 6, 12) if 30 * n * scale.per_day >= 56), 12)
        days = [d for d in days if (d.month - 1) % every == 0]
    lines = [scale.x(track.today) + scale.per_day / 2] if not track.finished else []
    lines += [scale.after(track.due)] if track.due else []
    for day in days:
        x = scale.x(day)
        if x + 34 > WIDTH or any(x - 4 < line < x + 36 for line in lines):
            continue
        text = formats.day_month(day) if step else f"{day:%m/%Y}"
        drawn.ticks.append(Label(px(x), "38", text))


def _lanes(drawn: TrackPicture, track: Track, tops: list[float], bottom: float) -> None:
    drawn.lane_lines = [px(y) for y in (*tops, bottom)]
    for lane, y in zip(track.lanes, tops, strict=True):
        lines = wrap(lane.name, LANE_LIMIT, 2)
        drawn.lane_names += [
            Label("0", px(y + 27 - 7 * (len(lines) - 1) + 15 * i), t, "b") for i, t in enumerate(lines)
        ]
        if lane.duty:
            drawn.lane_names.append(Label("0", px(y + 44 + 7 * (len(lines) - 1)), clip(lane.duty, 24), "mu"))


def _links(drawn: TrackPicture, placed: list[_Placed]) -> None:
    """Elbows of the handovers, always left to right; what would run backward is told by the table only."""
    by_number = {one.number: one for one in placed}
    for one in placed:
        for number in one.step.waits_for:
            before = by_number.get(number)
            if before is None:
                continue
            from_y, to_y = before.y + BAR / 2, one.y + BAR / 2
            if from_y == to_y:
                if one.x1 - before.x2 >= 6:
                    drawn.links.append(Shape("link", d=f"M{px(before.x2)} {px(from_y)}H{px(one.x1)}"))
                continue
            at = min(max(one.x1 + 5, before.x2 + 3), one.x2 - 2)
            if at < before.x2:
                continue
            down = to_y > from_y
            tip = one.y - 5 if down else one.y + BAR + 5
            drawn.links.append(Shape("link", d=f"M{px(before.x2)} {px(from_y)}H{px(at)}V{px(tip)}"))
            head = f"M{px(at - 4)} {px(tip - 1 if down else tip + 1)}h8l-4 {5 if down else -5}z"
            drawn.links.append(Shape("ah", d=head))


def _bar(drawn: TrackPicture, track: Track, scale: _Scale, one: _Placed) -> None:
    step, y = one.step, px(one.y)
    late = track.late_days(step)
    split = min(max(scale.after(step.due), one.x1), one.x2) if late and step.due else one.x2
    today_x = min(max(scale.x(track.today) + scale.per_day / 2, one.x1 + 3), one.x2)

    def rect(css: str, x1: float, x2: float) -> None:
        if x2 - x1 > 0.4:
            drawn.bars.append(Shape(css, px(x1), y, px(x2 - x1), px(BAR), words=_spoken(track, one)))

    if step.state == DONE:
        rect("done", one.x1, split)
        rect("over", split, one.x2)
        if not late and one.x2 - one.x1 >= 14:
            drawn.bars.append(Shape("gl", d=f"M{px(one.x2 - 12)} {px(one.y + 8)}l3 3 5-6"))
    elif step.state in (NOW, PAUSED):
        css = "now" if step.state == NOW else "held"
        if late:
            rect(css, one.x1, split)
            rect("over", split, max(today_x, split + 3))
        elif step.due is None:
            rect("wait", today_x, one.x2)
            rect(css, one.x1, today_x)
        else:
            rect(f"{css}rest", one.x1, one.x2)
            rect(css, one.x1, today_x)
    else:
        rect("wait", one.x1, one.x2)
    tail, tail_css = _tail(track, step)
    drawn.labels.append(
        Label(px(one.label_x), px(one.y - 8), _name(step, one.number), "b num lb", one.anchor, tail, tail_css)
    )


def _spoken(track: Track, one: _Placed) -> str:
    when = " – ".join(formats.day_month(d) for d in (one.step.start, one.step.end or one.step.due) if d)
    return f"{one.number}. {one.step.name}, {track.lane_name(one.step)}{': ' + when if when else ''}"


def _name(step: TrackStep, number: int) -> str:
    return f"{number}. {clip(step.name, NAME_LIMIT)}"


def _tail(track: Track, step: TrackStep) -> tuple[str, str]:
    late = track.late_days(step)
    if late:
        return f"▲ {'đang ' if step.state == NOW else ''}trễ {late_amount(step, late)}", "late"
    return {NOW: ("đang làm", "acc"), PAUSED: ("tạm dừng", "pau")}.get(step.state, ("", ""))


def _flags(drawn: TrackPicture, track: Track, scale: _Scale) -> None:
    """Today and the due day, their boxes side by side when they would meet. A finished track needs no today."""
    flags: list[tuple[str, float, float, str]] = []  # css, x, width of the box, words
    if not track.finished:
        x = min(scale.x(track.today) + scale.per_day / 2, WIDTH - 1)
        flags.append(("tod", x, 102.0, f"Hôm nay {formats.day_month(track.today)}"))
    if track.due:
        x = min(scale.after(track.due), WIDTH - 1)
        flags.append(("due", x, 100.0, f"Hẹn trả {formats.day_month(track.due)}"))
    flags.sort(key=lambda flag: flag[1])
    boxes = [min(max(x - width / 2, 0), WIDTH - width) for _, x, width, _ in flags]
    if len(flags) == 2 and boxes[1] - boxes[0] < flags[0][2] + 6:
        total = flags[0][2] + flags[1][2] + 6
        left = min(max((flags[0][1] + flags[1][1] - total) / 2, 0), WIDTH - total)
        boxes = [left, left + flags[0][2] + 6]
    for (css, x, width, text), box in zip(flags, boxes, strict=True):
        drawn.flags.append(Flag(css, px(x), px(box), px(width), px(box + width / 2), text))


def clip(text: str, limit: int) -> str:
    """`text` cut at a word to at most `limit` characters, with … when cut."""
    if len(text) <= limit:
        return text
    return (text[: limit - 1].rsplit(" ", 1)[0] or text[: limit - 1]).rstrip(" ,.;") + "…"


def wrap(text: str, limit: int, lines: int) -> list[str]:
    """`text` in at most `lines` lines of about `limit` characters, the last one clipped."""
    made: list[str] = [""]
    for word in text.split():
        if len(made[-1]) + len(word) + 1 > limit and made[-1] and len(made) < lines:
            made.append("")
        made[-1] = f"{made[-1]} {word}".strip()
    made[-1] = clip(made[-1], limit)
    return made

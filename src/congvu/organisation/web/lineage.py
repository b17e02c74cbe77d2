"""Where a unit came from and what became of it, drawn along the years. Pure geometry; SVG in `_lineage.html`."""

from dataclasses import dataclass
from datetime import date

from congvu.organisation.rules.picture import Flow, Picture

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 960.0, 270.0, 948.0, 34.0, 34.0, 12.0
MOST = 14  # units drawn besides the one asked; the list under the picture has all
LETTER = 7.2


@dataclass(frozen=True, slots=True)
class Lane:
    """One unit: its name on the left, a bar for each span."""

    name: str
    title: str
    code: str
    text_y: str
    css: str
    bars: list[tuple[str, str, str]]  # x, y, width
    cuts: list[tuple[str, str, str]]  # x, y1, y2: a new version of the same unit


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the template writes down."""

    height: str
    bottom: str
    lanes: list[Lane]
    years: list[tuple[str, str]]
    links: list[str]
    tips: list[str]
    today: str
    left_out: int
    described: str


def draw_lineage(picture: Picture, unit_id: int, on: date) -> Lineage | None:
    """The unit between those it came from (above) and those it went to (below); None when it stands alone."""
    flows = [flow for flow in picture.flows if unit_id in (flow.from_id, flow.to_id)]
    sources = list(dict.fromkeys(flow.from_id for flow in flows if flow.to_id == unit_id))
    targets = list(dict.fromkeys(flow.to_id for flow in flows if flow.from_id == unit_id))
    if not flows:
        return None
    shown = [*sources[: MOST // 2], unit_id, *targets[: MOST // 2]]
    shown = list(dict.fromkeys(shown))
    first = min(picture.of(unit)[0].valid_from for unit in shown)
    scale = _Scale(first.year, on.year + 1)
    lanes = [_lane(picture, unit, place, scale, on, unit == unit_id) for place, unit in enumerate(shown)]
    drawn = [flow for flow in flows if flow.from_id in shown and flow.to_id in shown]
    bottom = TOP + len(shown) * ROW
    return Lineage(
        height=_n(bottom + 8),
        bottom=_n(bottom),
        lanes=lanes,
        years=[(_n(scale.x(date(year, 1, 1))), str(year)) for year in scale.years()],
        links=[_link(flow, shown, scale) for flow in drawn],
        tips=[_tip(flow, shown, scale) for flow in drawn],
        today=_n(scale.x(on)),
        left_out=len(sources) + len(targets) - len(shown) + 1,
        described=_described(picture, unit_id, sources, targets, on),
    )


class _Scale:
    """Days on the x axis."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._start = date(first, 1, 1).toordinal()
        self._days = date(last, 1, 1).toordinal() - self._start

    def x(self, day: date) -> float:
        part = (day.toordinal() - self._start) / self._days
        return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, part))

    def years(self) -> range:
        return range(self.first, self.last, max(1, -(-(self.last - self.first) // 12)))


def _lane(picture: Picture, unit_id: int, place: int, scale: _Scale, on: date, own: bool) -> Lane:
    spans = picture.of(unit_id)
    y = TOP + place * ROW + (ROW - BAR) / 2
    bars = [
        (
            _n(scale.x(span.valid_from)),
            _n(y),
            _n(scale.x(span.valid_to or date(scale.last, 1, 1)) - scale.x(span.valid_from)),
        )
        for span in spans
    ]
    cuts = [(_n(scale.x(span.valid_from)), _n(y - 1), _n(y + BAR + 1)) for span in spans[1:]]
    name, ended = picture.name(unit_id, on), spans[-1].valid_to is not None and spans[-1].valid_to <= on
    most = int((LEFT - 16) / LETTER)
    return Lane(
        name=name if len(name) <= most else name[: most - 1].rstrip() + "…",
        title="; ".join(f"{span.name} từ {span.valid_from:%d/%m/%Y}" for span in spans),
        code=spans[0].code,
        text_y=_n(y + BAR - 1),
        css="self" if own else "ended" if ended else "life",
        bars=bars,
        cuts=cuts,
    )


def _ends(flow: Flow, shown: list[int]) -> tuple[float, float]:
    middle = ROW / 2
    return TOP + shown.index(flow.from_id) * ROW + middle, TOP + shown.index(flow.to_id) * ROW + middle


def _link(flow: Flow, shown: list[int], scale: _Scale) -> str:
    start, end = _ends(flow, shown)
    side = BAR / 2 if end > start else -BAR / 2
    return f"M{_n(scale.x(flow.effective))} {_n(start)}V{_n(end - side)}"


def _tip(flow: Flow, shown: list[int], scale: _Scale) -> str:
    start, end = _ends(flow, shown)
    x, down = scale.x(flow.effective), 1 if end > start else -1
    y = end - down * BAR / 2
    return f"M{_n(x)} {_n(y)}L{_n(x - 4)} {_n(y - 7 * down)}H{_n(x + 4)}Z"


def _described(picture: Picture, unit_id: int, sources: list[int], targets: list[int], on: date) -> str:
    parts = [picture.name(unit_id, on)]
    if sources:
        parts.append("nhận từ " + ", ".join(picture.name(unit, on) for unit in sources[:MOST]))
    if targets:
        parts.append("chuyển vào " + ", ".join(picture.name(unit, on) for unit in targets[:MOST]))
    return "; ".join(parts) + "."


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

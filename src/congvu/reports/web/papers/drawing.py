"""The charts of a report as black drawings for paper: lines over months, bars by agency, a radar. Their tables stand beside."""

from html import escape

from congvu.foundation.ui.charts import BarChart, LineChart
from congvu.foundation.ui.radar import Radar
from congvu.reports.web.telling import Drawn, RadarChart

_LETTERS = 'font-family="Liberation Serif" font-size="12"'


def svg_of(chart: Drawn) -> str:
    """A whole SVG picture; "" when there is no shape to draw. No statement."""
    if isinstance(chart, RadarChart):
        return _radar(chart.radar) if chart.radar else ""
    return _lines(chart) if isinstance(chart, LineChart) else _bars(chart)


def _lines(chart: LineChart) -> str:
    parts = [
        f'<line x1="{g.x}" x2="400" y1="{g.y}" y2="{g.y}" stroke="#bbb" stroke-width="0.6"/>'
        f'<text x="{float(g.x) - 8}" y="{float(g.y) + 4}" text-anchor="end">{escape(g.text)}</text>'
        for g in chart.grid
    ]
    parts += [f'<text x="{t.x}" y="{t.y}" text-anchor="middle">{escape(t.text)}</text>' for t in chart.ticks]
    for line in chart.lines:
        dash = "" if line.css == "l1" else ' stroke-dasharray="4 3"'
        parts += [
            f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="1.6"{dash}/>'
            for points in line.points
        ]
        parts += [f'<circle cx="{m.x}" cy="{m.y}" r="2.6"/>' for m in line.marks if line.css == "l1"]
    return _svg("500", "210", parts)


def _bars(chart: BarChart) -> str:
    parts = []
    for bar in chart.bars:
        parts.append(f'<text x="166" y="{bar.text_y}" text-anchor="end">{escape(bar.label)}</text>')
        parts.append(f'<rect x="176" y="{bar.y}" width="{bar.width}" height="20" fill="#444"/>')
        if bar.rest_width:
            parts.append(
                f'<rect x="{bar.rest_x}" y="{bar.rest_y}" width="{bar.rest_width}" height="18.5" fill="none" stroke="#000"/>'
            )
        parts.append(f'<text x="{bar.value_x}" y="{bar.text_y}">{escape(bar.value)}</text>')
    return _svg("500", chart.height, parts)


def _radar(radar: Radar) -> str:
    parts = [
        f'<polygon points="{ring}" fill="none" stroke="#bbb" stroke-width="0.6"/>' for ring in radar.rings
    ]
    parts += [
        f'<line x1="220" y1="170" x2="{x}" y2="{y}" stroke="#bbb" stroke-width="0.6"/>'
        for x, y in radar.spokes
    ]
    if radar.before:
        parts.append(
            f'<polygon points="{radar.before}" fill="none" stroke="#666" stroke-width="1.2" stroke-dasharray="4 3"/>'
        )
    if radar.now:
        parts.append(
            f'<polygon points="{radar.now}" fill="#ddd" fill-opacity="0.5" stroke="#000" stroke-width="1.6"/>'
        )
    parts += [
        f'<text x="{one.x}" y="{one.y}" text-anchor="{one.anchor}">{escape(one.text[:28])}</text>'
        for one in radar.labels
    ]
    return _svg("440", "340", parts)


def _svg(width: str, height: str, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {_LETTERS}>'
        f"{''.join(parts)}</svg>"
    )

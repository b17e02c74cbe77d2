"""Tags of the pictures: due calendar, track, charts. Merged into the builtin library `ui`."""

from typing import Any

from django import template

from congvu.foundation.ui.charts import BarChart, LineChart
from congvu.foundation.ui.due_calendar import DueCalendar
from congvu.foundation.ui.track import Track
from congvu.foundation.ui.track_picture import picture
from congvu.foundation.ui.track_words import rows

register = template.Library()


@register.inclusion_tag("foundation/ui/due_calendar.html")
def due_calendar(calendar: DueCalendar) -> dict[str, Any]:
    """{% due_calendar calendar %}: the weeks of a due date, without the reasons."""
    return {"calendar": calendar}


@register.inclusion_tag("foundation/ui/why.html")
def why(calendar: DueCalendar) -> dict[str, Any]:
    """{% why calendar %}: the reasons under the weeks."""
    return {"calendar": calendar}


@register.inclusion_tag("foundation/ui/track.html")
def track(track: Track, ident: str = "duong-di", title: str = "Đường đi của hồ sơ") -> dict[str, Any]:
    """{% track track %}: the picture, the stair on a phone, the table. Two on a page: differ in `ident` and `title`."""
    return {"track": track, "pic": picture(track), "rows": rows(track), "ident": ident, "title": title}


@register.inclusion_tag("foundation/ui/stair.html")
def stair(track: Track) -> dict[str, Any]:
    """{% stair track %}: the vertical track alone (the citizen's page)."""
    return {"rows": rows(track)}


@register.inclusion_tag("foundation/ui/line_chart.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    """{% line_chart chart %}: the picture and its table."""
    return {"chart": chart}


@register.inclusion_tag("foundation/ui/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    """{% bar_chart chart %}: the picture and its table."""
    return {"chart": chart}

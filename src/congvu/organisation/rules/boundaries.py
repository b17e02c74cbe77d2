"""Boundaries of communes out of a GeoJSON file: what is taken, what is not and why. Coordinates are rounded, no more.

RFC 7946: a FeatureCollection of Polygon and MultiPolygon features. The code of a commune is a property of its feature.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.organisation.rules.picture import Picture

MOST_BYTES, MOST_FEATURES, MOST_POINTS = 40_000_000, 20_000, 3_000_000
PLACES = 4  # of a degree: some eleven metres
PROPERTIES = ("code", "ma", "ma_xa", "maXa", "MA_XA", "ma_dvhc", "wardCode", "newWardCode")

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A commune's rings (outer ones and holes alike), by the code that stands in the file."""

    code: str
    rings: tuple[Ring, ...]


@dataclass(slots=True)
class Read:
    """What a file gave; `rejected`: features not taken, each with its reason."""

    outlines: list[Outline] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    points: int = 0


def read_boundaries(content: bytes, property_name: str = "") -> Read:
    """The outlines of a file. Refuses a file that is too large or no such GeoJSON; a feature that cannot be taken is told."""
    if len(content) > MOST_BYTES:
        raise Refused(
            f"Tệp lớn hơn {MOST_BYTES // 1_000_000} MB.",
            where="file",
            do="Giản lược đường biên rồi nhập lại.",
        )
    features = _features(content)
    read = Read()
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        code = _code(feature, property_name)
        label = code or f"đối tượng {number}"
        try:
            if not code:
                raise ValueError(f"không có thuộc tính mã xã ({property_name or ', '.join(PROPERTIES)})")
            if code in seen:
                raise ValueError("mã này đã có ở một đối tượng trước")
            rings = tuple(_rings(feature.get("geometry")))
        except ValueError as wrong:
            read.rejected.append((label, str(wrong)))
            continue
        seen.add(code)
        read.points += sum(len(ring) for ring in rings)
        if read.points > MOST_POINTS:
            raise Refused("Tệp có quá nhiều điểm.", where="file", do="Giản lược đường biên rồi nhập lại.")
        read.outlines.append(Outline(code, rings))
    return read


def _features(content: bytes) -> list[Mapping[str, Any]]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused("Tệp không phải JSON.", where="file", do="Xuất lại tệp dạng GeoJSON (UTF-8).") from None
    features = told.get("features") if isinstance(told, dict) else None
    if (
        not isinstance(told, dict)
        or told.get("type") != "FeatureCollection"
        or not isinstance(features, list)
    ):
        raise Refused(
            "Tệp không phải GeoJSON kiểu FeatureCollection.", where="file", do="Xuất lại tệp dạng GeoJSON."
        )
    if len(features) > MOST_FEATURES:
        raise Refused(f"Tệp có hơn {MOST_FEATURES} đối tượng.", where="file", do="Tách tệp theo tỉnh.")
    return [one if isinstance(one, dict) else {} for one in features]


def _code(feature: Mapping[str, Any], property_name: str) -> str:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return ""
    for name in (property_name,) if property_name else PROPERTIES:
        value = properties.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip().upper()[:35]
    return ""


def _rings(geometry: Any) -> Iterator[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"hình kiểu {kind or 'không rõ'}, cần Polygon hoặc MultiPolygon")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("hình không có tọa độ")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise ValueError("đa giác không có vòng nào")
        for ring in polygon:
            yield _ring(ring)


def _ring(points: Any) -> Ring:
    if not isinstance(points, list) or len(points) < 4:
        raise ValueError("vòng có ít hơn 4 điểm")
    found: list[tuple[float, float]] = []
    for point in points:
        if not isinstance(point, list) or len(point) < 2 or not all(_degree(one) for one in point[:2]):
            raise ValueError("có điểm không phải kinh độ, vĩ độ")
        x, y = round(float(point[0]), PLACES), round(float(point[1]), PLACES)
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise ValueError("tọa độ ngoài kinh độ, vĩ độ (cần WGS 84, không phải VN-2000)")
        if not found or found[-1] != (x, y):
            found.append((x, y))
    if found[0] != found[-1] or len(found) < 4:
        raise ValueError("vòng không khép kín, hoặc nhỏ hơn độ làm tròn")
    return tuple(found)


def _degree(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def area_since(known: Picture, unit_id: int, on: date) -> date | None:
    """Since when the unit has had the area it has on a day: since it was set up, or last took in or gave a part. A change of
    name is none. None when it does not stand on the day."""
    if known.at(unit_id, on) is None:
        return None
    handed = (day for day, _ in known.handed_on(unit_id))
    taken = (flow.effective for flow in known.received(unit_id))
    return max([known.of(unit_id)[0].valid_from, *(day for day in (*handed, *taken) if day <= on)])

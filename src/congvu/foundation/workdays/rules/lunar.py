"""Lunar dates of the Vietnamese calendar (âm lịch), computed: the new moons and the sun's longitude at UTC+7.

Only what the public holidays need. The formulas are Meeus, "Astronomical Algorithms" (2nd ed., ch. 25 and 49), good
to a minute for the moon and a quarter of an hour for the sun. A test compares every month of 2000-2199 with a
published table: one differs (month 4 of 2054, a new moon within a minute of midnight), and no holiday is in it.
Written here rather than taken from a package because the package's own sources carry a "non-commercial" notice,
and because `congvu term` must start fast.

Rules of the calendar: a lunar month begins on the day of the new moon; month 11 holds the winter solstice; between
two months 11 with 13 moons, the first month without a major solar term (trung khí) is the leap month.
"""

from datetime import date
from functools import cache
from math import floor, radians, sin

_UTC7 = 7 / 24
_JDN_OF_ORDINAL_0 = 1721425  # date(2000, 1, 1): ordinal 730120, Julian day number 2451545
_LUNATION = 29.530588861

# New moon: (coefficient in days, power of E, multiples of M, M', F)
_PERIODIC = (
    (-0.40720, 0, 0, 1, 0),
    (0.17241, 1, 1, 0, 0),
    (0.01608, 0, 0, 2, 0),
    (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0),
    (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0),
    (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0),
    (-0.00007, 0, 2, 1, 0),
    (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0),
    (0.00003, 0, 1, 1, -2),
    (0.00003, 0, 0, 2, 2),
    (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2),
    (-0.00002, 0, -1, 1, -2),
    (-0.00002, 0, 1, 3, 0),
    (0.00002, 0, 0, 4, 0),
)
# Planets: (coefficient in millionths of a day, angle at k=0, angle per lunation), degrees
_PLANETS = (
    (325, 299.77, 0.107408),
    (165, 251.88, 0.016321),
    (164, 251.83, 26.651886),
    (126, 349.42, 36.412478),
    (110, 84.66, 18.206239),
    (62, 141.74, 53.303771),
    (60, 207.14, 2.453732),
    (56, 154.84, 7.306860),
    (47, 34.52, 27.261239),
    (42, 207.19, 0.121824),
    (40, 291.34, 1.844379),
    (37, 161.72, 24.198154),
    (35, 239.56, 25.513099),
    (23, 331.55, 3.592518),
)


def solar_date(lunar_year: int, lunar_month: int, lunar_day: int) -> date:
    """The solar date of a day in an ordinary (not leap) lunar month 1-10 of `lunar_year`, Vietnamese calendar.

    Tết is solar_date(y, 1, 1); Giỗ Tổ is solar_date(y, 3, 10).
    """
    if not 1 <= lunar_month <= 10:
        raise ValueError("months 11 and 12 belong to the next winter and are not needed by any holiday")
    first = _month_start(lunar_year, lunar_month)
    return date.fromordinal(first - _JDN_OF_ORDINAL_0 + lunar_day - 1)


def _month_start(lunar_year: int, lunar_month: int) -> int:
    """Julian day number on which the lunar month begins."""
    k11 = _lunation_of_month_11(lunar_year - 1)
    place = lunar_month + 1  # months after month 11: 12 -> 1, 1 -> 2, ...
    if _lunation_of_month_11(lunar_year) - k11 == 13 and _leap_place(k11) <= place:
        place += 1
    return _new_moon_day(k11 + place)


def _leap_place(k11: int) -> int:
    """Which month after month 11 is the leap one: the first in which the sun enters no new sign."""
    for place in range(1, 14):
        if _sun_sign(_new_moon_day(k11 + place)) == _sun_sign(_new_moon_day(k11 + place + 1)):
            return place
    raise ArithmeticError("13 moons and no month without a major term")  # impossible: 12 terms in 13 months


@cache
def _lunation_of_month_11(year: int) -> int:
    """The lunation number of the month that holds the winter solstice of `year`."""
    year_end = date(year, 12, 31).toordinal() + _JDN_OF_ORDINAL_0
    k = floor((year_end - 2451550.1) / _LUNATION)
    while _new_moon_day(k + 1) <= year_end:
        k += 1
    while _new_moon_day(k) > year_end:
        k -= 1
    return k - 1 if _sun_sign(_new_moon_day(k)) >= 9 else k


@cache
def _new_moon_day(k: int) -> int:
    """Julian day number, in Việt Nam, of new moon number `k` (0 is 6 January 2000)."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    m1 = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    jde = 2451550.09766 + _LUNATION * k + 0.00015437 * t**2 - 0.000000150 * t**3
    jde += sum(c * e**p * sin(radians(a * m + b * m1 + d * f)) for c, p, a, b, d in _PERIODIC)
    jde -= 0.00017 * sin(radians(node))
    jde += sum(c * 1e-6 * sin(radians(start + step * k)) for c, start, step in _PLANETS)
    return floor(jde - _delta_t(2000 + 100 * t) / 86400 + _UTC7 + 0.5)


@cache
def _sun_sign(jdn: int) -> int:
    """Which twelfth of the ecliptic (0-11) the sun stands in when the day `jdn` begins in Việt Nam."""
    t = (jdn - 0.5 - _UTC7 - 2451545.0) / 36525
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    )
    node = radians(125.04 - 1934.136 * t)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * sin(node)
    return floor(longitude % 360 / 30)


def _delta_t(year: float) -> float:
    """Seconds by which uniform time runs ahead of the earth (Espenak and Meeus; fair before 2150)."""
    if year < 2050:
        t = year - 2000
        return 62.92 + 0.32217 * t + 0.005589 * t * t
    return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * max(0.0, 2150 - year)

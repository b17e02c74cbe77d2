"""What is typed into a cell of a score sheet, and the points it gives. Pure.

The text itself is what is kept: «có», «46/50», «92%», «1,75», «kps» (không phát sinh), «người dân: 2 3 10 40 45». Points
are reckoned from it whenever they are asked, so a sheet scored again comes to the same.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.indices.rules import scoring
from congvu.indices.rules.numbers import HUNDRED, half_up, read_count, read_decimal, written
from congvu.indices.rules.scoring import (
    Deduction,
    Given,
    Judged,
    Linear,
    Mean,
    Ratio,
    Rule,
    Steps,
    Survey,
    YesNo,
)

NOTHING, AGREED = "kps", "="
NOTHING_WORDS = "không phát sinh"
_GIVEN = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_YES, _NO, _NONE = ("co", "c", "x", "1"), ("khong", "k", "0"), ("kps", "khong phat sinh")


@dataclass(frozen=True, slots=True)
class Got:
    """The points of a criterion. `points` None: nothing of it occurred (`nothing`), or it is not scored yet; `asks` says what
    is still wanted. `rate_only`: of a share only the percentage is known."""

    points: Fraction | None
    nothing: bool = False
    asks: str = ""
    rate_only: bool = False

    @property
    def missing(self) -> bool:
        return self.points is None and not self.nothing


UNSCORED = Got(None, asks="chưa chấm")


def how_to(rule: Rule) -> str:
    """What to type for a rule, in a few words."""
    match rule:
        case YesNo():
            return "có, không"
        case Ratio():
            return "46/50 hoặc 92%"
        case Linear() | Steps():
            return "46/50, 92% hoặc số"
        case Survey(groups):
            return f"{groups[0]}: 2 3 10 40 45"
        case Deduction():
            return "số lần"
        case Mean():
            return "tổng điểm/số hồ sơ"
        case Judged():
            return "số điểm"
    return "số"


def own_score(rule: Rule, maximum: Fraction | None, step: Fraction, text: str) -> Got:
    """What a unit states of itself. Refuses, in words, what cannot be read or goes above the maximum."""
    bare = " ".join(text.split())
    if not bare:
        return UNSCORED
    if fold(bare) in _NONE:
        return Got(None, nothing=True)
    if isinstance(rule, Given):
        return Got(_given(bare))
    if maximum is None:
        raise Refused("Tiêu chí không có điểm tối đa.", do="Sửa bộ chỉ số.")
    got = _stated(rule, maximum, bare)
    if isinstance(rule, Judged):
        _refuse_off_step(got.points or Fraction(0), step)
    if got.points is not None and got.points > maximum:
        raise above(got.points, maximum)
    return got


def given_score(rule: Rule, maximum: Fraction | None, step: Fraction, text: str, own: Got) -> Got:
    """What an appraiser or the council gives: points, «=» for the points the unit stated, «kps»."""
    bare = " ".join(text.split())
    if not bare:
        return UNSCORED
    if bare == AGREED:
        return own
    if isinstance(rule, Survey):
        return own_score(rule, maximum, step, bare)
    if fold(bare) in _NONE:
        return Got(None, nothing=True)
    points = read_decimal(bare)
    if points is None or maximum is None:
        raise Refused(
            f"Không đọc được điểm «{bare[:30]}».",
            do="Ghi số điểm như 1,75; ghi = nếu đồng ý; kps nếu không phát sinh.",
        )
    if points > maximum:
        raise above(points, maximum)
    if isinstance(rule, Judged):
        _refuse_off_step(points, step)
    return Got(min(half_up(points, 1), maximum) if isinstance(rule, Mean) else points)


def above(points: Fraction, maximum: Fraction) -> Refused:
    return Refused(
        f"Điểm {written(points)} cao hơn điểm tối đa {written(maximum)}.",
        do="Ghi điểm không quá điểm tối đa.",
    )


def _stated(rule: Rule, maximum: Fraction, bare: str) -> Got:
    match rule:
        case YesNo():
            word = fold(bare)
            if word not in (*_YES, *_NO):
                raise _unread(bare, rule)
            return Got(maximum if word in _YES else Fraction(0))
        case Ratio() | Linear() | Steps():
            return _of_share(rule, maximum, bare)
        case Survey():
            return _of_survey(rule, maximum, bare)
        case Deduction():
            times = read_count(bare)
            if times is None:
                raise _unread(bare, rule)
            return Got(scoring.of_times(rule, maximum, times))
        case Mean():
            return _of_mean(rule, maximum, bare)
    points = read_decimal(bare)
    if points is None:
        raise _unread(bare, rule)
    return Got(points)


def _of_share(rule: Rule, maximum: Fraction, bare: str) -> Got:
    if "/" in bare:
        part, whole = _pair(bare, rule)
        if whole == 0:
            return Got(None, nothing=True)
        return Got(scoring.of_share(rule, maximum, Fraction(HUNDRED * part, whole)))
    rate = read_decimal(bare.rstrip("% "))
    if rate is None or (isinstance(rule, Ratio) and not bare.endswith("%")):
        raise _unread(bare, rule)
    if bare.endswith("%") and rate > HUNDRED:
        raise Refused(f"Tỷ lệ «{bare[:30]}» lớn hơn 100%.", do="Xem lại tử số và mẫu số.")
    return Got(scoring.of_share(rule, maximum, rate), rate_only=bare.endswith("%"))


def _of_survey(rule: Survey, maximum: Fraction, bare: str) -> Got:
    told: dict[str, tuple[int, ...]] = {}
    names = {fold(one): one for one in rule.groups}
    for part in (one for one in bare.split(";") if one.strip()):
        name, colon, numbers = part.rpartition(":")
        group = names.get(fold(name)) if colon else (rule.groups[0] if len(rule.groups) == 1 else None)
        if group is None:
            raise Refused(
                f"Không có nhóm trả lời «{name.strip()[:40]}».", do=f"Các nhóm: {', '.join(rule.groups)}."
            )
        counts = [read_count(one) for one in re.split(r"\s+", numbers.strip())]
        if any(one is None for one in counts) or len(counts) not in (3, 5):
            raise Refused(
                f"Nhóm «{group}» cần số người trả lời của 5 (hoặc 3) mức, từ thấp đến cao.",
                do="Ghi như 2 3 10 40 45.",
            )
        told[group] = tuple(one or 0 for one in counts)
    absent = [one for one in rule.groups if not sum(told.get(one, ()))]
    if absent:
        return Got(None, asks=f"thiếu trả lời của nhóm {', '.join(absent)}")
    return Got(scoring.of_answers(maximum, [told[one] for one in rule.groups]))


def _of_mean(rule: Mean, maximum: Fraction, bare: str) -> Got:
    if "/" not in bare:
        mean = read_decimal(bare)
        if mean is None:
            raise _unread(bare, rule)
        if mean > maximum:
            raise above(mean, maximum)
        return Got(scoring.of_mean(mean, 1))
    total, _, count = bare.partition("/")
    points, dossiers = read_decimal(total), read_count(count)
    if points is None or dossiers is None:
        raise _unread(bare, rule)
    if dossiers == 0:
        return Got(None, nothing=True)
    if points > maximum * dossiers:
        raise above(points / dossiers, maximum)
    return Got(scoring.of_mean(points, dossiers))


def _pair(bare: str, rule: Rule) -> tuple[int, int]:
    left, _, right = bare.partition("/")
    part, whole = read_count(left), read_count(right)
    if part is None or whole is None:
        raise _unread(bare, rule)
    if part > whole:
        raise Refused(f"Tử số {part} lớn hơn mẫu số {whole}.", do="Xem lại hai số.")
    return part, whole


def _given(bare: str) -> Fraction:
    if not _GIVEN.fullmatch(bare):
        raise Refused(f"«{bare[:30]}» không phải một số.", do="Để trống nếu không có.")
    return Fraction(bare.replace(",", "."))


def _refuse_off_step(points: Fraction, step: Fraction) -> None:
    if step and (points / step).denominator != 1:
        raise Refused(
            f"Điểm {written(points, 3)} không theo bước {written(step)}.",
            do=f"Ghi bội số của {written(step)}.",
        )


def _unread(bare: str, rule: Rule) -> Refused:
    return Refused(f"Không đọc được «{bare[:30]}».", do=f"Ghi như: {how_to(rule)}; kps nếu không phát sinh.")

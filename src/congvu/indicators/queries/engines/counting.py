"""The counting of `counts.count_dossiers`, done in bulk over the facts. Of the whole province, as known now: an official's own
view and a question as known at an earlier moment are answered live."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from congvu.dossiers.access import Visible
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.counts import Key
from congvu.indicators.queries.engines import duck, spark
from congvu.indicators.queries.engines.expression import KEYS, periods_of, text_of
from congvu.indicators.queries.engines.files import exported
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.statistics import Reader
from congvu.indicators.rules.conditions import Condition

_RUN = {"duckdb": duck.run, "spark": spark.run}
Found = dict[Key, tuple[int, ...]]


def in_bulk(reader: Reader, engine: str) -> Reader:
    """The same reader, whose dossiers are counted by an engine. Refuses who does not see the whole province."""
    if not reader.dossiers.everything:
        raise Refused(
            "Đếm hàng loạt chỉ dùng cho số liệu toàn tỉnh.", where="engine", do="Dùng cách tính trực tiếp."
        )
    return replace(reader, count=counting(engine))


def counting(engine: str) -> Callable[[Question, Visible, Sequence[Condition], str], Found]:
    """One period, as `count_dossiers` is asked."""

    def count(question: Question, seen: Visible, conditions: Sequence[Condition], keys: str) -> Found:
        return count_many([question], conditions, keys, engine)[0]

    return count


def count_many(
    questions: Sequence[Question], conditions: Sequence[Condition], keys: str, engine: str
) -> list[Found]:
    """Any conditions over any periods, by key, in one reading. No statement to PostgreSQL."""
    if any(one.known_until is not None for one in questions):
        raise Refused(
            "Dữ kiện chỉ ghi điều biết đến nay.", where="engine", do="Dùng cách tính trực tiếp (live)."
        )
    if keys not in KEYS:
        raise Refused(
            "Dữ kiện không ghi điều này để chia dòng.", where="engine", do="Dùng cách tính trực tiếp (live)."
        )
    text = text_of(tuple(conditions), keys, engine)
    found: list[Found] = [{} for _ in questions]
    for period, k1, k2, *numbers in _RUN[engine](text, exported().path, periods_of(questions)):
        found[int(period)][k1, k2] = tuple(int(n or 0) for n in numbers)
    return found

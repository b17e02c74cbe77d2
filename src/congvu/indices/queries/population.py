"""The participants of rounds as a population figures may count: «Số đơn vị thí điểm»."""

from congvu.indicators.queries.sql_source import SqlSource
from congvu.indicators.rules.definitions import Measure
from congvu.indicators.rules.populations import Field, Population
from congvu.indices.access import READERS
from congvu.indices.rules.rounds import STEP_WORDS

PARTICIPANTS = SqlSource(
    Population(
        "index_participants",
        "Đơn vị được chấm chỉ số",
        Measure.UNITS,
        (
            Field("bo", "Mã bộ chỉ số"),
            Field("nam", "Năm, lần của bộ"),
            Field("buoc", "Bước", tuple(STEP_WORDS.items())),
            Field("thi-diem", "Thí điểm", (("co", "Có"), ("khong", "Không"))),
        ),
        of_day=False,
        readers=READERS,
        source="Kỳ chấm chỉ số",
    ),
    "index_participants",
    page="index-sheet",
    package="congvu.indices.bulk",
)

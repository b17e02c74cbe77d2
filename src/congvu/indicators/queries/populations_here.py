"""The populations of the areas below: units, one-stops, quality systems, autonomy, functions, powers, posts, people released,
and the named records behind what people enter."""

from django.urls import reverse

from congvu.indicators.queries.populations import Entry, Source
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.reckoned import Finder, Reckoned
from congvu.indicators.queries.sql_source import Seen, SqlSource
from congvu.indicators.queries.statistics import POOL_WORDS
from congvu.indicators.rules.definitions import Measure, Where
from congvu.indicators.rules.populations import REGISTER_READERS, STAFF_READERS, Field, Population
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.facilities import LEVELS
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Node, Picture
from congvu.staffing.rules.kinds import LINE_KINDS
from congvu.staffing.rules.streamlining import CATEGORIES, PACKS, REGIMES

YES_NO = (("co", "Có"), ("khong", "Không"))
_POOLS = tuple(POOL_WORDS.items())
_REGISTERS = "Sổ của đơn vị"


def _units(question: Question, known: Picture) -> Finder[Node]:
    """The units of the last day, from the picture of the organisation, in the order of the tree: no statement. Everybody may
    know them."""
    nodes = known.tree(question.last)
    return lambda where: (node for node in nodes if _is(node, where))


def _is(node: Node, where: Where) -> bool:
    facts = {"kind": node.kind, "tier": node.tier, "code": node.code}
    return all(facts[field] in values for field, values in where)


def _entry(node: Node) -> Entry:
    said = f"{node.code} · {UNIT_KINDS.get(node.kind, node.kind)}"
    return Entry(node.name, said, reverse("unit", args=[node.code]), node.unit_id)


SOURCES: tuple[Source, ...] = (
    Reckoned(
        Population(
            "units", "Đơn vị", Measure.UNITS,
            (Field("kind", "Loại", tuple(UNIT_KINDS.items())), Field("tier", "Cấp", tuple(TIERS.items())), Field("code", "Mã")),
            source="Cơ cấu tổ chức",
        ),
        _units, lambda node: node.unit_id, _entry,
    ),
    SqlSource(
        Population(
            "one_stop_models", "Bộ phận một cửa", Measure.ONE_STOPS,
            (
                Field("level", "Mô hình", tuple(LEVELS.items())), Field("queue_machine", "Máy lấy số", YES_NO),
                Field("rating_device", "Thiết bị đánh giá", YES_NO), Field("guides", "Hồ sơ mẫu, hướng dẫn", YES_NO),
            ),
            readers=REGISTER_READERS, source=_REGISTERS,
        ),
        "population_one_stops", "unit-registers",
    ),
    SqlSource(
        Population(
            "quality_systems", "Hệ thống quản lý chất lượng", Measure.SYSTEMS,
            (Field("standard", "Tiêu chuẩn"), Field("procedures", "Phạm vi có thủ tục hành chính", YES_NO)),
            readers=REGISTER_READERS, source=_REGISTERS,
        ),
        "population_quality", "unit-registers",
    ),
    SqlSource(
        Population(
            "autonomy", "Đơn vị sự nghiệp được giao tự chủ", Measure.UNITS,
            (Field("group", "Nhóm", tuple(GROUPS.items())),), readers=REGISTER_READERS, source=_REGISTERS,
        ),
        "population_autonomy", "unit-registers",
    ),
    SqlSource(
        Population(
            "functions", "Chức năng, nhiệm vụ đơn vị đang giữ", Measure.FUNCTIONS, (Field("field", "Lĩnh vực"),),
            readers=REGISTER_READERS, source=_REGISTERS,
        ),
        "population_functions", "unit-registers",
    ),
    SqlSource(
        Population(
            "powers", "Việc phân cấp, ủy quyền", Measure.POWERS,
            (
                Field("form", "Hình thức", tuple(FORMS.items())), Field("field", "Lĩnh vực"),
                Field("ending", "Có thời hạn", YES_NO),
            ),
            readers=REGISTER_READERS, source=_REGISTERS,
        ),
        "population_powers",
    ),
    SqlSource(
        Population(
            "posts", "Biên chế thay đổi theo quyết định", Measure.POSTS,
            (
                Field("pool", "Nhóm", _POOLS), Field("direction", "Chiều", (("tang", "Tăng"), ("giam", "Giảm"))),
                Field("kind", "Loại dòng", tuple(LINE_KINDS.items())),
            ),
            of_day=False, readers=STAFF_READERS, source="Sổ biên chế",
        ),
        "population_posts", "quota-decision", Seen.UNITS,
    ),
    SqlSource(
        Population(
            "releases", "Người ra khỏi biên chế", Measure.PEOPLE,
            (
                Field("pack", "Gói chính sách", tuple(PACKS.items())), Field("regime", "Chế độ", tuple(REGIMES.items())),
                Field("category", "Lý do", tuple(CATEGORIES.items())), Field("pool", "Nhóm", _POOLS),
            ),
            of_day=False, readers=STAFF_READERS, source="Danh sách tinh giản biên chế",
        ),
        "population_releases", "", Seen.UNITS,
    ),
    SqlSource(
        Population(
            "entries", "Mục trong danh sách", Measure.OTHERS,
            (Field("list", "Danh sách"), Field("kind", "Loại")), of_day=False, source="Danh sách nhập tay",
        ),
        "population_entries",
    ),
)  # fmt: skip

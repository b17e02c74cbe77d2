"""The populations of work, the catalogue and the staff: dossiers with their papers and fees, payments, procedures, people,
schemes, decisions on units and procedures, audits of quality systems."""

from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.status import Channel
from congvu.indicators.queries.populations import Source
from congvu.indicators.queries.populations_here import YES_NO
from congvu.indicators.queries.sql_source import Seen, SqlSource
from congvu.indicators.queries.statistics import POOL_WORDS
from congvu.indicators.rules.definitions import Measure
from congvu.indicators.rules.populations import (
    DOSSIER_READERS,
    REGISTER_READERS,
    STAFF_READERS,
    Field,
    Population,
)
from congvu.organisation.rules.kinds import EVENT_KINDS
from congvu.organisation.rules.quality import AUDIT_KINDS
from congvu.people.rules.codes import POLITICS, QUALIFICATIONS, SEXES
from congvu.procedures.rules.words import Action, Nature, ProcedureKind, ServiceLevel, Tier
from congvu.surveys.rules.words import CHANNELS, KINDS

UNSAID = ("chua-ghi", "Chưa ghi")
_LEVELS = tuple(ServiceLevel.choices())
AGES = (
    ("den-30", "Đến 30"),
    ("31-40", "31–40"),
    ("41-50", "41–50"),
    ("51-60", "51–60"),
    ("tren-60", "Trên 60"),
)

SOURCES: tuple[Source, ...] = (
    SqlSource(
        Population(
            "dossiers", "Hồ sơ tiếp nhận trong kỳ", Measure.DOSSIERS,
            (
                Field("channel", "Cách nộp", tuple((str(one.value), one.label) for one in Channel)),
                Field("tier", "Cấp", tuple(Tier.choices())), Field("field", "Mã lĩnh vực"), Field("procedure", "Mã thủ tục"),
                Field("charged", "Có phí, lệ phí", YES_NO), Field("paid", "Đã thu", YES_NO),
                Field("paid_online", "Thu trực tuyến", YES_NO), Field("reused", "Dùng lại giấy tờ", YES_NO),
                Field(
                    "digitised", "Số hóa giấy tờ",
                    (("du", "Đủ"), ("chua", "Còn giấy tờ chưa số hóa"), ("khong-giay-to", "Không có giấy tờ")),
                ),
                Field("result", "Có kết quả", YES_NO), Field("result_file", "Có kết quả điện tử", YES_NO),
            ),
            of_day=False, readers=DOSSIER_READERS, source="Hồ sơ một cửa",
        ),
        "population_dossiers", "dossier", Seen.DOSSIERS,
    ),
    SqlSource(
        Population(
            "payments", "Khoản thu phí, lệ phí", Measure.PAYMENTS,
            (Field("way", "Cách thu", tuple((one.value, one.label) for one in PayWay)), Field("voided", "Đã hủy", YES_NO)),
            of_day=False, readers=DOSSIER_READERS, source="Sổ thu",
        ),
        "population_payments", "dossier", Seen.DOSSIERS,
    ),
    SqlSource(
        Population(
            "procedures", "Thủ tục có hiệu lực", Measure.PROCEDURES,
            (
                Field("level", "Mức dịch vụ công", _LEVELS), Field("kind", "Loại", tuple(ProcedureKind.choices())),
                Field("nature", "Tính chất", (*Nature.choices(), UNSAID)), Field("field", "Mã lĩnh vực"),
                Field("tier_tinh", "Giải quyết ở cấp tỉnh", YES_NO), Field("tier_xa", "Giải quyết ở cấp xã", YES_NO),
                Field("charged", "Có phí, lệ phí", YES_NO),
            ),
            source="Danh mục thủ tục",
        ),
        "population_procedures", "procedure",
    ),
    SqlSource(
        Population(
            "used_procedures", "Thủ tục phát sinh hồ sơ", Measure.PROCEDURES,
            (Field("level", "Mức dịch vụ công", _LEVELS), Field("online", "Có hồ sơ trực tuyến", YES_NO)),
            of_day=False, readers=DOSSIER_READERS, source="Hồ sơ một cửa",
        ),
        "population_used", "procedure",
    ),
    SqlSource(
        Population(
            "published", "Lượt thủ tục được công bố", Measure.PROCEDURES,
            (Field("action", "Công bố", tuple(Action.choices())),), of_day=False, source="Quyết định công bố",
        ),
        "population_published", "procedure",
    ),
    SqlSource(
        Population(
            "people", "Người có mặt", Measure.PEOPLE,
            (
                Field("pool", "Nhóm", tuple(POOL_WORDS.items())), Field("sex", "Giới tính", tuple(SEXES.items())),
                Field("ethnicity", "Dân tộc", (("kinh", "Kinh"), ("thieu-so", "Thiểu số"))), Field("age", "Tuổi", AGES),
                Field("qualification", "Trình độ", tuple((code or UNSAID[0], words) for code, words in QUALIFICATIONS.items())),
                Field("politics", "Lý luận chính trị", tuple((code or UNSAID[0], words) for code, words in POLITICS.items())),
            ),
            readers=STAFF_READERS, source="Hồ sơ cán bộ, công chức, viên chức",
        ),
        "population_people", "person", Seen.UNITS,
    ),
    SqlSource(
        Population("schemes", "Đề án vị trí việc làm còn hiệu lực", Measure.SCHEMES, (), readers=STAFF_READERS, source="Đề án"),
        "population_schemes", "scheme", Seen.UNITS,
    ),
    SqlSource(
        Population(
            "unit_events", "Quyết định về tổ chức", Measure.DECISIONS,
            (Field("kind", "Loại", tuple(EVENT_KINDS.items())),), of_day=False, source="Cơ cấu tổ chức",
        ),
        "population_events",
    ),
    SqlSource(
        Population(
            "quality_audits", "Cuộc đánh giá hệ thống chất lượng", Measure.INSPECTIONS,
            (Field("kind", "Loại", tuple(AUDIT_KINDS.items())), Field("nonconformities", "Có điểm không phù hợp", YES_NO)),
            of_day=False, readers=REGISTER_READERS, source="Sổ của đơn vị",
        ),
        "population_audits", "unit-registers",
    ),
    SqlSource(
        Population(
            "answers", "Phiếu khảo sát nhận được", Measure.ANSWERS,
            (
                Field("survey", "Mã đợt khảo sát"), Field("kind", "Loại đợt", tuple(KINDS.items())),
                Field("channel", "Cách trả lời", tuple(CHANNELS.items())),
            ),
            of_day=False, source="Khảo sát hài lòng",
        ),
        "population_answers", "survey",
    ),
)  # fmt: skip

"""Which attribute of a log means what. The choice is made for the whole log, reported, and can be overridden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from congvu.dossiers.rules.eventlog.sources import BadLog
from congvu.foundation.text import fold

FIRST_EVENT, LAST_EVENT = "@first", "@last"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


# In order of preference, as folded names. A deadline comes before a planned end: of the two, only the first binds.
_CASE: Mapping[str, tuple[str, ...]] = {
    "case": _names(
        "case:concept:name | concept:name | case:id | case_id | caseid | case | mã hồ sơ | số hồ sơ"
    ),
    "opened": _names("case:startdate | startdate | start_date | opened | ngày tiếp nhận | ngày nhận"),
    "due": _names(
        "case:deadline | deadline | case:duedate | due | due_date | ngày hẹn trả | hạn trả | hạn xử lý"
        " | case:enddate_planned | enddateplanned | enddate_planned | planned_end"
    ),
    "ended": _names(
        "case:enddate | enddate | end_date | ended | closed | ngày kết thúc | ngày trả | ngày trả kết quả"
    ),
    "channel": _names("case:channel | channel | kênh | hình thức nộp"),
    "unit": _names("case:department | case:org:group | department | org:unit | đơn vị | cơ quan"),
    "field": _names("case:field | case:parts | parts | case:case_type | case_type | lĩnh vực | thủ tục"),
    "status": _names("case:casestatus | casestatus | case:status | status | trạng thái"),
}
_EVENT: Mapping[str, tuple[str, ...]] = {
    "activity": _names(
        "activitynameen | activity | task | hoạt động | bước"
    ),  # a code in concept:name comes last
    "time": _names("time:timestamp | timestamp | time | thời điểm | ngày giờ"),
    "person": _names("org:resource | resource | user | người thực hiện | cán bộ"),
    "office": _names("org:group | event:group | group | phòng ban"),
    "lifecycle": _names("lifecycle:transition | transition | lifecycle"),
    "event_due": _names("duedate | event:duedate | hạn bước"),
}
PERSON_WORDS = (
    "resource",
    "responsible",
    "actor",
    "person",
    "user",
    "employee",
    "officer",
    "can bo",
    "nguoi",
)
CLOSED_WORDS = frozenset(
    {"g", "gesloten", "closed", "complete", "completed", "finished", "da dong", "da giai quyet", "da tra"}
)
NOTHING = frozenset({"", "EMPTY", "UNKNOWN", "NULL", "null", "None", "NaN", "nan", "NaT", "N/A"})


@dataclass(frozen=True, slots=True)
class LogMap:
    """The attribute chosen for each meaning; "" when the log has none. `persons` are attributes that name people."""

    case: str = ""
    opened: str = ""
    due: str = ""
    ended: str = ""
    channel: str = ""
    unit: str = ""
    field: str = ""
    status: str = ""
    activity: str = ""
    time: str = ""
    person: str = ""
    office: str = ""
    lifecycle: str = ""
    event_due: str = ""
    persons: tuple[str, ...] = ()

    def chosen(self) -> dict[str, str]:
        """The choice as the report shows it: meaning -> attribute, without the empty ones."""
        return {name: getattr(self, name) for name in MEANINGS if getattr(self, name)}


MEANINGS = tuple(one.name for one in fields(LogMap) if one.name != "persons")


def overrides_from(texts: Iterable[str]) -> dict[str, str]:
    """`due=case:deadline` texts of the command line as a mapping. "due=" says the log has none."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, attribute = text.partition("=")
        if not equals or name.strip() not in MEANINGS:
            raise BadLog(
                f"Không hiểu --map «{text}».",
                do=f"Viết Ý_NGHĨA=TÊN_CỘT; ý nghĩa là một trong: {', '.join(MEANINGS)}.",
            )
        found[name.strip()] = attribute.strip()
    return found


def choose(
    case_names: Iterable[str], event_names: Iterable[str], overrides: Mapping[str, str], *, flat: bool
) -> LogMap:
    """The mapping for a log with these attribute names. `flat`: case and event attributes share one row (CSV).

    Refuses an override that names no attribute of the log, a log without case references, and one in which
    neither events nor starting dates are dated.
    """
    case_list, event_list = list(case_names), list(event_names)
    picked: dict[str, str] = {}
    for table, names in ((_CASE, case_list), (_EVENT, event_list)):
        for meaning, wanted in table.items():
            if meaning in overrides:
                picked[meaning] = _checked(meaning, overrides[meaning], names)
            else:
                candidates = _candidates(meaning, wanted, flat)
                picked[meaning] = _first(candidates, names, picked.get("case", ""))
    if not picked["case"]:
        raise BadLog(
            f"Không thấy cột mã vụ việc trong: {', '.join(case_list[:20])}.",
            do="Chỉ rõ bằng --map case=TÊN_CỘT.",
        )
    if not picked["opened"] and not picked["time"]:
        raise BadLog(
            f"Không thấy cột ngày bắt đầu hay thời điểm sự kiện trong: {', '.join((event_list or case_list)[:20])}.",
            do="Chỉ rõ bằng --map opened=TÊN_CỘT hoặc --map time=TÊN_CỘT.",
        )
    if not picked["opened"]:
        picked["opened"] = FIRST_EVENT
    persons = tuple(dict.fromkeys(n for n in [*case_list, *event_list] if _names_people(n)))
    return LogMap(**picked, persons=persons)


def _candidates(meaning: str, wanted: tuple[str, ...], flat: bool) -> tuple[str, ...]:
    if meaning == "case" and flat:
        return tuple(name for name in wanted if name != "concept:name")  # there it is the activity
    if meaning == "activity":
        return ("concept:name", *wanted) if flat else (*wanted, "concept:name")
    return wanted


def _checked(meaning: str, attribute: str, names: list[str]) -> str:
    special = attribute in (FIRST_EVENT, LAST_EVENT) and meaning in ("opened", "ended")
    if attribute and not special and attribute not in names:
        raise BadLog(
            f"Nhật ký không có thuộc tính «{attribute}».",
            where=f"--map {meaning}",
            do=f"Có: {', '.join(sorted(names)[:30])}.",
        )
    return attribute


def _first(wanted: tuple[str, ...], names: list[str], taken: str) -> str:
    plain = {_plain(name): name for name in reversed(names) if name != taken}
    return next((plain[one] for one in map(_plain, wanted) if one in plain), "")


def _plain(name: str) -> str:
    """Names are compared folded: "case:startdate", "Case_StartDate" and "case startdate" are one name."""
    return fold(name)


def _names_people(name: str) -> bool:
    plain = _plain(name)
    return any(word in plain for word in PERSON_WORDS)

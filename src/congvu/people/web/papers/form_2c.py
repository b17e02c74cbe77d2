"""Form 2C-BNV/2008 as PDF, field for field, as of a day; who printed it and when stands on every sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.foundation.papers.pdf import render
from congvu.foundation.ui import formats
from congvu.organisation.rules.picture import Picture
from congvu.people.actions.read_file import Reading
from congvu.people.queries.card import Card
from congvu.people.queries.file import File, Part
from congvu.people.rules.codes import FULL, POLITICS, QUALIFICATIONS, RELATIONS, SEXES, TRAININGS
from congvu.people.rules.salary import Grades

CLOSED = "(chỉ mở theo yêu cầu riêng)"


@dataclass(frozen=True, slots=True)
class Print:
    """A printing: of which day, as known on which, by whom, when."""

    on: date
    known: date | None
    by: str
    at: datetime

    @property
    def mark(self) -> str:
        return f"In bởi {self.by}, {formats.moment(self.at)}"


def form_2c(found: Card, reading: Reading, known: Picture, grades: Grades, print_: Print) -> bytes:
    """The PDF. Sensitive lines only when the reading was granted for them; the form says so otherwise. No statement."""
    return render("people/web/papers/form_2c.typ", fields(found, reading, known, grades, print_))


def fields(found: Card, reading: Reading, known: Picture, grades: Grades, print_: Print) -> dict[str, Any]:
    """What stands on the form."""
    file, on = reading.file, print_.on
    post = next((one for one in found.on(on) if one.kind == FULL), None)
    unit = post.unit_id if post else found.home
    above = [span.name for span in known.ancestors(unit, on)] if unit else []
    closed = reading.sensitive is None
    sensitive: Mapping[str, str] = reading.sensitive.facts if reading.sensitive else {}

    def secret(key: str) -> str:
        return CLOSED if closed else sensitive.get(key, "")

    return {
        "soHieu": found.number,
        "coQuan": (known.name(unit, on) if unit else "") or "",
        "coQuanQuanLy": above[-1] if above else "",
        "ngay": _day(on),
        "bietDen": _day(print_.known),
        "dauIn": print_.mark,
        "dongs": [
            *_who(file, secret),
            *_work(file, post.position if post else "", grades, on),
            *_rest(file, secret),
        ],
        "daoTao": [
            [one.title, TRAININGS.get(one.code, one.code), _span(one), one.note]
            for one in file.of("training")
        ],
        "congTac": [
            [
                f"{_day(one.valid_from)} – {_day(one.valid_to) or 'nay'}",
                f"{one.position}, {known.name(one.unit_id, one.valid_from) or ''}"
                + ("" if one.kind == FULL else f" ({one.kind_words.lower()})"),
            ]
            for one in found.posts
            if one.valid_from <= on
        ],
        "lichSu": secret("history"),
        "giaDinh": [
            [RELATIONS.get(one.code, one.code), one.title, _day(one.first), one.note]
            for one in file.of("family")
        ],
        "luong": [
            [
                _day(one.valid_from),
                f"{one.grade} {grades[one.grade].name}" if one.grade in grades else one.grade,
                _step(one.step, one.over_frame),
                formats.number(one.coefficient, 2),
                one.decision,
            ]
            for one in file.salary
            if one.valid_from <= on
        ],
        "chuY": f"Các mục nhạy cảm (7, 16, 17, 23, 29) {CLOSED[1:-1]}, không in." if closed else "",
    }


def _who(file: File, secret: Any) -> list[list[tuple[str, str]]]:
    about, more = file.about, file.about.details.get
    return [
        [("1) Họ và tên khai sinh", about.name.upper())],
        [("2) Tên gọi khác", more("other_name", ""))],
        [("3) Sinh ngày", _day(about.birth)), ("Giới tính", SEXES.get(about.sex, about.sex))],
        [("4) Nơi sinh", more("birth_place", ""))],
        [("5) Quê quán", more("home_place", ""))],
        [("6) Dân tộc", about.ethnicity), ("7) Tôn giáo", secret("religion"))],
        [("8) Nơi đăng ký thường trú", more("registered_place", ""))],
        [("9) Nơi ở hiện nay", more("residence", ""))],
        [("10) Nghề nghiệp khi được tuyển dụng", more("former_job", ""))],
        [
            ("11) Ngày tuyển dụng", _day(about.hired_on)),
            ("Cơ quan tuyển dụng", more("recruited_by", "")),
        ],
    ]


def _work(file: File, position: str, grades: Grades, on: date) -> list[list[tuple[str, str]]]:
    about, more = file.about, file.about.details.get
    step = next((one for one in file.salary if one.covers(on)), None)
    grade = f"{grades[step.grade].name}" if step and step.grade in grades else ""
    return [
        [("12) Chức vụ (chức danh) hiện tại", position)],
        [("13) Công việc chính được giao", more("main_work", ""))],
        [("14) Ngạch công chức (viên chức)", grade), ("Mã ngạch", step.grade if step else "")],
        [
            ("Bậc lương", _step(step.step, step.over_frame) if step else ""),
            ("Hệ số", formats.number(step.coefficient, 2) if step else ""),
            ("Ngày hưởng", _day(step.valid_from) if step else ""),
            ("Phụ cấp", more("allowances", "")),
        ],
        [("15.1) Trình độ giáo dục phổ thông", more("general_education", ""))],
        [
            (
                "15.2) Trình độ chuyên môn cao nhất",
                QUALIFICATIONS.get(about.qualification, "") if about.qualification else "",
            )
        ],
        [
            ("15.3) Lý luận chính trị", POLITICS.get(about.politics, "") if about.politics else ""),
            ("15.4) Quản lý nhà nước", more("state_management", "")),
        ],
        [("15.5) Ngoại ngữ", more("languages", "")), ("15.6) Tin học", more("computing", ""))],
    ]


def _rest(file: File, secret: Any) -> list[list[tuple[str, str]]]:
    about, more = file.about, file.about.details.get
    return [
        [
            ("16) Ngày vào Đảng Cộng sản Việt Nam", secret("party_joined")),
            ("Ngày chính thức", secret("party_full")),
        ],
        [("17) Ngày tham gia tổ chức chính trị - xã hội", secret("unions"))],
        [("18) Ngày nhập ngũ, xuất ngũ, quân hàm cao nhất", more("army", ""))],
        [("19) Danh hiệu được phong tặng cao nhất", more("titles", ""))],
        [("20) Sở trường công tác", more("strengths", ""))],
        [("21) Khen thưởng", more("rewards", "")), ("22) Kỷ luật", more("discipline", ""))],
        [
            ("23) Tình trạng sức khỏe", secret("health")),
            ("Chiều cao, cân nặng, nhóm máu", secret("body")),
        ],
        [("24) Là thương binh hạng, con gia đình chính sách", more("policy_family", ""))],
        [
            ("25) Số định danh cá nhân", about.citizen_number),
            ("Ngày cấp", more("citizen_issued", "")),
            ("26) Số sổ bảo hiểm xã hội", more("insurance", "")),
        ],
    ]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _span(one: Part) -> str:
    return " – ".join(part for part in (_day(one.first), _day(one.last)) if part)


def _step(step: int, over_frame: int) -> str:
    return f"{step}" + (f" + {over_frame}%" if over_frame else "")

"""The counter's form: what was typed, kept whatever happens; and the intake made of it when all is right."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from congvu.dossiers.actions.intake import Intake, PaperIn, Person
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.desk import Offered
from congvu.dossiers.queries.papers import Stored, offers_for
from congvu.dossiers.rules import people
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.rules.status import Channel
from congvu.dossiers.web.uploads import Kept
from congvu.dossiers.web.words import SUBJECTS
from congvu.foundation.text import composed
from congvu.foundation.ui.forms import PlainForm, TextField, read_day
from congvu.procedures.rules.content import CaseContent

OTHER_ROWS = 2  # papers outside the published list that one form has room for
_MOST_COPIES = 99


class PersonForm(PlainForm):
    """Who hands in, for whom, and how the answer goes back."""

    number = forms.CharField(label="Số căn cước", required=False, max_length=400)
    name = TextField(label="Họ và tên", max_length=300)
    phone = forms.CharField(label="Số điện thoại", required=False, max_length=30)
    owner_name = TextField(label="Nộp thay cho (chủ hồ sơ)", required=False, max_length=300)
    owner_number = forms.CharField(label="Số giấy tờ của chủ hồ sơ", required=False, max_length=30)
    return_method = forms.TypedChoiceField(
        label="Nhận kết quả", coerce=int, choices=tuple(RETURN_METHODS.items()), initial=0
    )
    told_by = forms.TypedChoiceField(
        label="Báo tin qua",
        coerce=int,
        choices=tuple(TOLD_BY.items()),
        initial=3,
    )
    subject_kind = forms.TypedChoiceField(
        label="Chủ hồ sơ là", coerce=int, choices=tuple(SUBJECTS.items()), initial=1
    )
    address = TextField(label="Địa chỉ", required=False, max_length=500)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        max_length=200,
        error_messages={"invalid": "Thư điện tử phải có dạng ten@noi.vn."},
    )
    summary = TextField(
        label="Trích yếu", required=False, max_length=1000, help_text="Để trống thì lấy tên thủ tục."
    )
    copies = forms.IntegerField(label="Số bộ", min_value=1, max_value=_MOST_COPIES, initial=1, required=False)

    def __init__(self, data: QueryDict | None = None, *, checked: bool = True) -> None:
        """`checked` False shows what was typed without judging it: the clerk is not through yet."""
        typed = _with_card(data) if data is not None else None
        if typed is not None and "told_by" not in typed:  # a draft from before the question was asked
            typed = typed.copy()
            typed["told_by"] = "3"
        if checked or typed is None:
            super().__init__(typed)
        else:
            super().__init__(initial={name: typed[name] for name in self.base_fields if name in typed})

    def clean_number(self) -> str:
        return self._number("number", people.CITIZEN)

    def clean_owner_number(self) -> str:
        return people.plain_number(self.cleaned_data["owner_number"])

    def clean_phone(self) -> str:
        phone = people.plain_phone(self.cleaned_data["phone"])
        wrong = people.wrong_phone(phone)
        if wrong:
            raise forms.ValidationError(wrong)
        return phone

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        number, subject = str(cleaned.get("owner_number") or ""), int(str(cleaned.get("subject_kind") or 1))
        wrong = people.wrong_id_number(number, subject)
        if wrong:
            self.add_error("owner_number", wrong)
        return cleaned

    def _number(self, name: str, subject: int) -> str:
        number = people.plain_number(self.cleaned_data[name])
        wrong = people.wrong_id_number(number, subject)
        if wrong:
            raise forms.ValidationError(wrong)
        return number

    @property
    def more_open(self) -> bool:
        """Whether the folded fields hold something or are wrong: then they stand open."""
        folded = ("address", "email", "summary", "owner_number")
        typed = any(str(self[name].value() or "").strip() for name in folded)
        return typed or any(name in self.errors for name in (*folded, "copies"))


def _with_card(data: QueryDict) -> QueryDict:
    """A scanner types the whole card into the number field: take it apart."""
    card = people.read_card(data.get("number", ""))
    if card is None:
        return data
    filled = data.copy()
    filled["number"] = card.number
    if not filled.get("name"):
        filled["name"] = card.name
    if not filled.get("address"):
        filled["address"] = card.address
    return filled


@dataclass(slots=True)
class PaperRow:
    """One row of the papers' table as typed. `paper_id` None: a paper outside the list, named by the clerk."""

    key: str
    name: str
    paper_id: int | None
    required: bool
    need_originals: int
    need_copies: int
    received: bool = False
    originals: str = ""
    certified: str = ""
    copies: str = ""
    file: Kept | None = None
    error: str = ""
    kept: bool = False  # the originals stay at the counter
    offers: tuple[Stored, ...] = ()  # results of the store that may be this paper
    reuse: Stored | None = None  # the one chosen

    @property
    def state(self) -> tuple[str, str]:
        """The chip at the end of the row."""
        if self.error:
            return ("late", "Sửa lại")
        if not self.received:
            return ("late", "Còn thiếu") if self.required else ("idle", "Chưa nhận")
        if self.reuse:
            return ("ok", "Dùng lại kết quả")
        return ("ok", "Đã quét") if self.file else ("soon", "Chờ quét")

    @property
    def missing(self) -> bool:
        return self.required and not self.received

    def paper(self, order: int, paper_id: int | None = None, name: str = "") -> PaperIn:
        """The paper handed in; a paper shared by several procedures goes by the id and name each has for it."""
        if self.reuse is not None:
            return PaperIn(
                name or self.name, paper_id or self.paper_id, order, digitised=Digitised.REUSED_RESULT.value,
                file_id=self.reuse.file_id, file_name=self.reuse.file_name, reuse_of=self.reuse.id,
            )  # fmt: skip
        return PaperIn(
            name or self.name,
            paper_id or self.paper_id,
            order,
            self.received,
            _count(self.originals),
            _count(self.certified),
            _count(self.copies),
            Digitised.SCANNED.value if self.file else 0,
            self.file.file_id if self.file else None,
            self.file.name if self.file else "",
            _count(self.originals) if self.kept else 0,
        )


@dataclass(slots=True)
class Typed:
    """Everything on the form. Fields that do not parse stay as typed, with the reason beside them."""

    key: UUID
    search: str = ""
    channel: int = Channel.DIRECT.value
    case_id: int | None = None
    receiving: int | None = None
    competent: int | None = None
    allow_missing: bool = False
    reason: str = ""
    event: str = ""  # of a notification: the day of what it tells of, as typed
    rows: list[PaperRow] = field(default_factory=list)

    @property
    def received_count(self) -> int:
        return sum(1 for row in self.rows if row.received and row.paper_id)

    @property
    def listed_count(self) -> int:
        return sum(1 for row in self.rows if row.paper_id)

    @property
    def missing(self) -> list[PaperRow]:
        return [row for row in self.rows if row.missing]

    @property
    def missing_numbers(self) -> str:
        return ", ".join(str(n) for n, row in enumerate(self.rows, 1) if row.missing)


def read_typed(data: QueryDict) -> Typed:
    """The parts of the form beside the person and the papers."""
    return Typed(
        key=read_key(data.get("khoa", "")),
        search=composed(data.get("tim", ""))[:200],
        channel=_one_of(data.get("kenh", ""), [c.value for c in Channel], Channel.DIRECT.value),
        case_id=_number_or_none(data.get("truong-hop", "")),
        receiving=_number_or_none(data.get("noi-nhan", "")),
        competent=_number_or_none(data.get("giai-quyet", "")),
        allow_missing=data.get("nhan-thieu") == "1",
        reason=composed_lines(data.get("ly-do", ""))[:4000],
        event=data.get("su-viec", "").strip()[:20],
    )


def read_rows(
    data: QueryDict | None, case: CaseContent, files: dict[str, Kept], *, fresh: bool
) -> list[PaperRow]:
    """The rows of the papers of a case; `fresh` fills the counts the list asks for, before anything was typed."""
    rows = []
    for paper in case.papers:
        key = f"g{paper.id}"
        row = PaperRow(key, paper.name, paper.id, paper.required, paper.originals, paper.copies)
        if fresh or data is None or f"{key}-co-mat" not in data:
            row.originals, row.copies = shown(paper.originals), shown(paper.copies)
            _carry_file(row, files)
        else:
            read_row(row, data, files)
        rows.append(row)
    for n in range(1, OTHER_ROWS + 1):
        row = PaperRow(f"k{n}", composed(data.get(f"k{n}-ten", ""))[:2000] if data else "", None, False, 0, 0)
        if data is not None:
            read_row(row, data, files)
        row.received = bool(row.name)
        rows.append(row)
    return rows


def read_row(row: PaperRow, data: QueryDict, files: dict[str, Kept]) -> None:
    """What was typed in the fields of a row, and the file it carries."""
    row.kept = data.get(f"{row.key}-giu") == "1"
    row.received = data.get(f"{row.key}-co") == "1"
    row.originals, row.certified, row.copies = (
        data.get(f"{row.key}-{name}", "").strip()[:6] for name in ("chinh", "thuc", "chup")
    )
    for typed in (row.originals, row.certified, row.copies):
        if typed and not (typed.isdecimal() and int(typed) <= _MOST_COPIES):
            row.error = f"Số bản «{typed}» phải là số từ 0 đến {_MOST_COPIES}."
    _carry_file(row, files)


def _carry_file(row: PaperRow, files: dict[str, Kept]) -> None:
    row.file = files.get(row.key)
    row.received = row.received or row.file is not None


def offer_store(rows: list[PaperRow], store: list[Stored], data: QueryDict, on: date) -> None:
    """Put the stored results that may be a paper beside its row; one chosen stands for the paper. No statement."""
    for row in rows:
        if row.paper_id is None:
            continue
        row.offers = tuple(offers_for(store, row.name, on))
        chosen = data.get(f"{row.key}-kho", "")
        row.reuse = next((one for one in row.offers if str(one.id) == chosen), None)
        row.received = row.received or row.reuse is not None


def intake_of(
    typed: Typed,
    person: PersonForm,
    chosen: Offered,
    receiving: int,
    competent: int,
    account: int | None = None,
) -> Intake:
    """The intake of a valid form."""
    cleaned = person.cleaned_data
    who = Person(cleaned["name"], cleaned["number"], cleaned["phone"], cleaned["email"], cleaned["address"])
    owner, submitter = who, None
    if cleaned["owner_name"]:
        owner = Person(cleaned["owner_name"], cleaned["owner_number"], who.phone, who.email, who.address)
        submitter = who
    papers = tuple(row.paper(n) for n, row in enumerate((r for r in typed.rows if r.paper_id or r.name), 1))
    return Intake(
        intake_key=typed.key,
        version_id=chosen.version_id,
        case_id=chosen.case(typed.case_id).id,
        channel=typed.channel,
        receiving_unit_id=receiving,
        competent_unit_id=competent,
        owner=owner,
        submitter=submitter,
        summary=cleaned["summary"],
        copies=cleaned["copies"] or 1,
        return_method=cleaned["return_method"],
        told_by=cleaned["told_by"],
        subject_kind=cleaned["subject_kind"],
        papers=papers,
        owner_account_id=account,
        event_on=read_day(typed.event) if typed.event else None,
    )


def read_key(text: str) -> UUID:
    """The key of the form, or a new one: a lost key must not lose what was typed."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def composed_lines(text: str) -> str:
    """Composed Unicode line by line, so that paragraphs stay paragraphs."""
    return "\n".join(composed(line) for line in text.splitlines()).strip()


def _count(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def shown(n: int) -> str:
    """A count as its field shows it: nothing for 0."""
    return str(n) if n else ""


def _number_or_none(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _one_of(text: str, values: list[int], default: int) -> int:
    return int(text) if text.isdecimal() and int(text) in values else default

"""A dossier as the log tells it, and the names under which its people appear."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

DONE, CANCELLED = 2, 3  # StepState
OTHER_PAPER, RESULT = "Giấy tờ khác", "Kết quả"
ACTIVITIES = {
    "receive": "Tiếp nhận",
    "register_online": "Nộp trực tuyến",
    "receive_registered": "Tiếp nhận hồ sơ trực tuyến",
    "refuse": "Từ chối tiếp nhận",
    "refuse_at_counter": "Từ chối tiếp nhận tại quầy",
    "hand_over": "Chuyển hồ sơ",
    "complete_step": "Chuyển bước",
    "request_supplement": "Yêu cầu bổ sung",
    "request_payment": "Yêu cầu nghĩa vụ tài chính",
    "resume": "Tiếp tục giải quyết",
    "extend": "Xin lỗi, hẹn lại",
    "stop": "Dừng giải quyết",
    "withdraw": "Rút hồ sơ",
    "finish": "Hoàn thành giải quyết",
    "sign_result": "Ký số kết quả",
    "return_result": "Trả kết quả cho người nộp",
    "remind_collect": "Nhắc nhận kết quả",
    "collect_fee": "Thu phí, lệ phí",
    "correct_charge": "Sửa mức phí, lệ phí",
    "void_receipt": "Hủy biên lai",
    "ask_refund": "Đề nghị hoàn trả phí",
    "approve_refund": "Duyệt hoàn trả phí",
    "refuse_refund": "Không duyệt hoàn trả phí",
    "refund_fee": "Hoàn trả phí, lệ phí",
    "correct": "Lập hồ sơ đính chính",
    "attach": "Nhận thêm giấy tờ",
    "parcel_back": "Bưu gửi bị trả lại",
    "post_again": "Gửi bưu chính lần nữa",
    "collect_parcel": "Nhận kết quả bưu chính trả lại",
    "change_contact": "Đổi thông tin liên hệ",
    "recompute_due": "Tính lại hạn",
    "recompute_step": "Tính lại hạn bước theo lịch mới",
    "past_event": "Việc trong nhật ký gốc",
}


def activity(verb: str) -> str:
    """What a verb is called in the log; a verb without words keeps its own name."""
    return ACTIVITIES.get(verb, verb)


@dataclass(frozen=True, slots=True)
class Names:
    """The name under which each person and dossier appears. With a `key` a pseudonym, the same in every export of the
    installation; without one (`key` None) the real name or number."""

    key: bytes | None

    @property
    def named(self) -> bool:
        return self.key is None

    def citizen(self, number: str, name: str) -> str:
        """Known by the number of the papers, without one by the name: "C-…"."""
        return self._ref("C", number or name, number or name)

    def officer(self, account_id: int) -> str:
        """ "O-…"; the account's number when named."""
        return self._ref("O", str(account_id), str(account_id))

    def dossier(self, dossier_id: int, code: str | None) -> str:
        """ "D-…"; its code when named, or the number under which it was registered."""
        return self._ref("D", str(dossier_id), code or f"#{dossier_id}")

    def document(self, kind: str, document_id: int) -> str:
        """A paper ("P") or a result ("R")."""
        return self._ref(kind, str(document_id), str(document_id))

    def _ref(self, kind: str, secret: str, plain: str) -> str:
        if self.key is None:
            return f"{kind}-{plain}"
        digest = hmac.new(self.key, f"{kind}:{secret}".encode(), sha256).hexdigest()
        return f"{kind}-{digest[:20]}"


@dataclass(frozen=True, slots=True)
class Happened:
    """One verb on the dossier, and the state it left."""

    at: datetime
    verb: str
    status: str
    due_on: date | None
    step: int | None
    actor_id: int | None
    unit_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step the dossier came to. `late`: done after its own due moment."""

    position: int
    name: str
    unit_id: int
    role: str
    state: int
    opened_at: datetime | None
    due_on: date | None
    done_at: datetime | None
    officer_id: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A paper handed in (`kind` "P") or a result ("R"). `name` is the catalogue's; `typed` what was written by hand."""

    kind: str
    id: int
    name: str
    typed: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A dossier with its whole history, for one trace or one object of a log."""

    id: int
    code: str | None
    procedure_code: str
    procedure: str
    field: str
    channel: str
    status: str
    opened_at: datetime
    due_on: date | None
    ended_on: date | None
    receiving_unit_id: int
    competent_unit_id: int
    owner_number: str
    owner_name: str
    corrects: tuple[int, str | None] | None
    happened: tuple[Happened, ...]
    steps: tuple[StepTold, ...]
    documents: tuple[Document, ...]


Value = str | int | bool | datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the log. `lifecycle` is XES's: start, complete, ate_abort."""

    id: str
    activity: str
    at: datetime
    lifecycle: str
    unit_id: int | None
    officer_id: int | None
    attributes: tuple[tuple[str, Value], ...] = field(default=())
    opens: bool = False  # the first event of the dossier
    documents: tuple[Document, ...] = ()

    @property
    def type(self) -> str:
        """The activity with its transition, as OCEL, which has no lifecycle, needs it."""
        return self.activity + _SUFFIX[self.lifecycle]


_SUFFIX = {"start": " (bắt đầu)", "complete": "", "ate_abort": " (không thực hiện)"}


def entries(told: Told, names: Names) -> list[Entry]:
    """Every event of a dossier in the order of time: its verbs, and each step's start and end.

    Free text (reasons) is told only when named: people write names into it.
    """
    ref = names.dossier(told.id, told.code)
    found = [*_verbs(told, ref, named=names.named), *_steps(told, ref)]
    return sorted(found, key=lambda one: one.at)  # stable: a verb stands before the steps it moved


def _verbs(told: Told, ref: str, *, named: bool) -> Iterator[Entry]:
    papers: dict[datetime, list[Document]] = {}
    for document in told.documents:
        papers.setdefault(document.added_at, []).append(document)
    for nth, one in enumerate(told.happened):
        attributes: list[tuple[str, Value]] = [("kind", "verb"), ("verb", one.verb), ("status", one.status)]
        if one.due_on is not None:
            attributes.append(("due_on", one.due_on.isoformat()))
        if one.step is not None:
            attributes.append(("position", one.step))
        if named and one.reason:
            attributes.append(("reason", one.reason))
        yield Entry(
            f"{ref}.v{nth + 1}", activity(one.verb), one.at, "complete", one.unit_id, one.actor_id, tuple(attributes),
            nth == 0, tuple(papers.pop(one.at, ())),
        )  # fmt: skip


def _steps(told: Told, ref: str) -> Iterator[Entry]:
    for nth, step in enumerate(told.steps, 1):
        plain: list[tuple[str, Value]] = [
            ("kind", "step"), ("role", step.role), ("position", step.position),
        ]  # fmt: skip
        if step.due_on is not None:
            plain.append(("due_on", step.due_on.isoformat()))
        if step.opened_at is not None:
            yield Entry(
                f"{ref}.s{nth}a", step.name, step.opened_at, "start", step.unit_id, None, tuple(plain)
            )
        if step.done_at is not None:
            how = "complete" if step.state == DONE else "ate_abort"
            plain.append(("late", step.late))
            yield Entry(
                f"{ref}.s{nth}z", step.name, step.done_at, how, step.unit_id, step.officer_id, tuple(plain)
            )

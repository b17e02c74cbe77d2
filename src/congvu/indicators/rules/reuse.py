"""The share of dossiers for which somebody did not have to hand in again what the state already has.

The set of indicators of QĐ 766/QĐ-TTg names it (nhóm chỉ số số hóa hồ sơ); its text was not compared, so its page carries
the amber badge. NĐ 61/2018, Điều 20.5: results are kept to be used again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from congvu.organisation.rules.mapping import Number

BASIS, EVIDENCE = "Quyết định 766/QĐ-TTg, nhóm chỉ số số hóa hồ sơ", "MEM"


class Asked(StrEnum):
    """What is counted. Each is a number that opens its dossiers."""

    RECEIVED = "tiep-nhan"
    REUSED = "dung-lai"
    RESULT = "ket-qua"
    PAPER = "giay-to"
    APART = "nop-moi"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_HEADINGS = {
    Asked.RECEIVED: "Tiếp nhận trong kỳ",
    Asked.REUSED: "Có giấy tờ dùng lại",
    Asked.RESULT: "Từ kết quả đã cấp",
    Asked.PAPER: "Từ giấy tờ hồ sơ khác",
    Asked.APART: "Nộp mới toàn bộ",
}
_MEANINGS = {
    Asked.RECEIVED: "Hồ sơ tiếp nhận trong kỳ",
    Asked.REUSED: "Hồ sơ tiếp nhận trong kỳ có ít nhất một giấy tờ dùng lại, người nộp không phải nộp lại",
    Asked.RESULT: "Hồ sơ có giấy tờ lấy từ kết quả đã cấp (kho kết quả, hoặc kết quả của thủ tục liên thông)",
    Asked.PAPER: "Hồ sơ có giấy tờ lấy từ hồ sơ khác (giấy dùng chung của hồ sơ liên thông, giấy của hồ sơ mẹ)",
    Asked.APART: "Hồ sơ tiếp nhận trong kỳ không dùng lại giấy tờ nào",
}


@dataclass(frozen=True, slots=True)
class Reuse:
    """The numbers of a row. A dossier may use both kinds: their sum may be more than `reused`, never less."""

    received: Number = 0
    reused: Number = 0
    result: Number = 0
    paper: Number = 0

    @property
    def numbers(self) -> tuple[Number, ...]:
        return (self.received, self.reused, self.result, self.paper)

    def of(self, asked: Asked) -> Number:
        match asked:
            case Asked.RECEIVED:
                return self.received
            case Asked.REUSED:
                return self.reused
            case Asked.RESULT:
                return self.result
            case Asked.PAPER:
                return self.paper
        return self.received - self.reused


def added(rows: Iterable[Reuse]) -> Reuse:
    """The sum of rows that share no dossier."""
    found = list(rows)
    return Reuse(
        sum(one.received for one in found), sum(one.reused for one in found), sum(one.result for one in found),
        sum(one.paper for one in found),
    )  # fmt: skip

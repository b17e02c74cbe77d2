"""One row of the published catalogue, as JSON, read into the content of a version with every doubt about it."""

import json
import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.channels import CaseRows, ChannelRead, read_channels
from congvu.procedures.rules.content import (
    BasisLine,
    CaseContent,
    ChannelLine,
    Content,
    FeeLine,
    PaperLine,
    ResultLine,
)
from congvu.procedures.rules.doubts import Change, DoubtKind, Found
from congvu.procedures.rules.papers import Paper, PaperTable, read_papers
from congvu.procedures.rules.results import read_bases, read_results
from congvu.procedures.rules.words import Tier

NO_INFORMATION = "Không có thông tin"
LONGEST_NAME = 300
LONGEST_CODE = 40
ONE_CASE = "Trường hợp chung"
_TIERS = {
    "Cấp bộ": Tier.TRUNG_UONG,
    "Cấp tỉnh": Tier.TINH,
    "Cấp huyện": Tier.HUYEN,
    "Cấp xã": Tier.XA,
}
_DECISION = re.compile(r"\d{1,5}[a-z]?/QĐ-[A-ZĐ]{2,12}")
_LOOSE_DECISION = re.compile(r"(?P<n>\d{1,5})[.\s]*/?\s*Q[ĐD]\s*-?\s*(?P<who>[A-ZĐ]{2,12})")
_SWAPPED_DECISION = re.compile(r"Q[ĐD]\s*(?P<n>\d{1,5})\s*-\s*(?P<who>[A-ZĐ]{2,12})")
_OFFICIALS = "Cán bộ, công chức, viên chức"
_NEEDED = {
    "ten_thu_tuc": "tên thủ tục",
    "linh_vuc": "lĩnh vực",
    "trinh_tu_thuc_hien": "trình tự thực hiện",
    "doi_tuong_thuc_hien": "đối tượng thực hiện",
}
_MENTIONS = (
    (2, "trực tuyến", re.compile(r"nộp[^.;\n]{0,60}trực tuyến|trực tuyến[^.;\n]{0,40}nộp", re.IGNORECASE)),
    (3, "bưu chính", re.compile(r"(?:nộp|gửi)[^.;\n]{0,60}bưu (?:chính|điện)", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row read: its code and field, what the version will say, what is in doubt."""

    code: str
    field_name: str
    content: Content
    found: tuple[Found, ...]


class Unreadable(ValueError):
    """A row that cannot be read at all; the message says why, in the user's words."""


def read_line(line: str) -> ReadRow:
    """Read one line of a JSON-lines file. Raises Unreadable: not JSON, not an object, no code, a code too long."""
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as problem:
        where = f" ở ký tự {problem.pos + 1}" if isinstance(problem, json.JSONDecodeError) else ""
        raise Unreadable(f"Dòng không phải JSON{where}.") from problem
    if not isinstance(row, dict):
        raise Unreadable("Dòng là JSON nhưng không phải một đối tượng {…}.")
    return read_row(_clean(row))


def read_row(row: dict[str, Any]) -> ReadRow:
    """Read one row. Raises Unreadable when it has no usable code; anything else odd becomes a doubt."""
    code = composed(_text(row, "ma_thu_tuc"))
    if not code:
        raise Unreadable("Dòng không có mã thủ tục (ma_thu_tuc).")
    if len(code) > LONGEST_CODE:
        raise Unreadable(f"Mã thủ tục dài {len(code)} ký tự, quá {LONGEST_CODE}.")
    channels = read_channels(_text(row, "cach_thuc_thuc_hien"), _text(row, "trinh_tu_thuc_hien"))
    papers = read_papers(_text(row, "thanh_phan_ho_so"))
    results, result_doubts = read_results(_text(row, "ket_qua_xu_ly"))
    bases, basis_doubts = read_bases(_text(row, "can_cu_phap_ly"))
    cases, case_doubts = _cases(channels.cases, papers)
    tiers, tier_doubts = read_tiers(_text(row, "cap_thuc_hien"))
    content = Content(
        name=composed(_text(row, "ten_thu_tuc")) or code,
        tiers=tuple(one.value for one in tiers),
        authority_text=_said(row, "co_quan_co_tham_quyen"),
        handler_text=_said(row, "co_quan_thuc_hien"),
        cooperating_text=_said(row, "co_quan_phoi_hop"),
        place_text=_said(row, "dia_chi_tiep_nhan"),
        sequence_text=_text(row, "trinh_tu_thuc_hien").strip(),
        conditions_text=_lines(row, "yeu_cau_dieu_kien"),
        subjects=read_subjects(_text(row, "doi_tuong_thuc_hien")),
        decision_text=composed(_text(row, "so_quyet_dinh"))[:200],
        source_url=_address(_text(row, "detail_url")),
        cases=cases,
        results=tuple(ResultLine(one.name, one.key, one.code[:60]) for one in results),
        bases=tuple(BasisLine(one.number, one.title) for one in bases),
        source=row,
        source_sha256=source_digest(row),
    )
    found = (
        *_row_doubts(row, content),
        *tier_doubts,
        *channels.found,
        *_mention_doubts(content),
        *papers.found,
        *case_doubts,
        *result_doubts,
        *basis_doubts,
    )
    return ReadRow(code, composed(_text(row, "linh_vuc")) or "Chưa rõ lĩnh vực", content, found)


def source_digest(row: dict[str, Any]) -> str:
    """SHA-256 of a source row, whatever the order of its keys."""
    return sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_tiers(text: str) -> tuple[tuple[Tier, ...], tuple[Found, ...]]:
    """ "Cấp tỉnh, Cấp xã" -> (TINH, XA). What is no known tier ("Cơ quan khác") is a doubt."""
    parts = [composed(part) for part in text.split(",") if part.strip()]
    known = tuple(dict.fromkeys(_TIERS[part] for part in parts if part in _TIERS))
    if parts and all(part in _TIERS for part in parts):
        return known, ()
    change: Change = {"set": "tiers", "tiers": [one.value for one in known], "incomplete": True}
    return known, (Found(DoubtKind.TIER_UNKNOWN, "cap_thuc_hien", composed(text), "", (change,)),)


def read_subjects(text: str) -> tuple[str, ...]:
    """Who the procedure is for; commas inside brackets and inside "Cán bộ, công chức, viên chức" do not part."""
    held = composed(text).replace(_OFFICIALS, _OFFICIALS.replace(",", "\0"))
    held = re.sub(r"\([^)]*\)", lambda found: found.group().replace(",", "\0"), held)
    parts = (part.replace("\0", ",").strip()[:200] for part in held.split(","))
    return tuple(dict.fromkeys(part for part in parts if part and part != NO_INFORMATION))


def decision_number(text: str) -> tuple[str, bool]:
    """(the number as it should be written, whether it was written so): "3713/QD-BTP" -> ("3713/QĐ-BTP", False)."""
    plain = composed(text)
    if _DECISION.fullmatch(plain):
        return plain, True
    loose = _LOOSE_DECISION.fullmatch(plain) or _SWAPPED_DECISION.fullmatch(plain)
    return (f"{loose['n']}/QĐ-{loose['who']}" if loose else plain), False


def _row_doubts(row: dict[str, Any], content: Content) -> list[Found]:
    found = [
        Found(DoubtKind.FIELD_MISSING, key, _text(row, key), f"Thiếu {name}.")
        for key, name in _NEEDED.items()
        if composed(_text(row, key)) in ("", NO_INFORMATION)
    ]
    if len(content.name) > LONGEST_NAME:
        note, change = f"{len(content.name)} ký tự.", _set_text("name", "")
        found.append(Found(DoubtKind.NAME_TOO_LONG, "ten_thu_tuc", content.name, note, change))
    if not content.authority_text:
        handler = content.handler_text
        change = _set_text("authority", handler)
        note = f"Cơ quan thực hiện: {handler}." if handler else "Cơ quan thực hiện cũng trống."
        found.append(Found(DoubtKind.AUTHORITY_MISSING, "co_quan_co_tham_quyen", "", note, change))
    number, sound = decision_number(content.decision_text)
    if not sound:
        changes = _set_text("decision", number if number != content.decision_text else "")
        found.append(Found(DoubtKind.DECISION_UNPARSED, "so_quyet_dinh", content.decision_text, "", changes))
    return found


def _set_text(what: str, text: str) -> tuple[Change, ...]:
    change: Change = {"set": what, "text": text}
    return (change if text else {**change, "incomplete": True},)


def _mention_doubts(content: Content) -> list[Found]:
    present = {line.channel for case in content.cases for line in case.channels}
    found = []
    for channel, name, pattern in _MENTIONS:
        said = pattern.search(content.sequence_text)
        if present and channel not in present and said:
            at = content.sequence_text[max(0, said.start() - 60) : said.end() + 60]
            note = f"Bảng cách thức không có cách nộp {name}."
            found.append(Found(DoubtKind.CHANNEL_DIFFERS, "trinh_tu_thuc_hien", composed(at), note))
    return found


def _cases(rows: tuple[CaseRows, ...], papers: PaperTable) -> tuple[tuple[CaseContent, ...], list[Found]]:
    """Cases of the channel table with all papers each; or, when that knows one only, cases by paper headings."""
    if len(rows) > 1 or len(papers.alternatives) < 2:
        every = tuple(_paper_line(paper) for paper in papers.papers)
        return tuple(
            CaseContent(one.key, one.name or ONE_CASE, tuple(map(_channel_line, one.channels)), every)
            for one in rows
        ), []
    channels = tuple(map(_channel_line, rows[0].channels))
    cases = []
    for at, heading in enumerate(papers.alternatives, start=1):
        mine = [one for one in papers.papers if one.group == heading or one.group not in papers.alternatives]
        name = heading.lstrip("-+*• ").rstrip(" :")
        cases.append(CaseContent(f"truong-hop-{at}", name, channels, tuple(map(_paper_line, mine))))
    note = f"Tách thành {len(cases)} trường hợp; thời hạn và phí chép cho từng trường hợp."
    words = "\n".join(papers.alternatives)
    return tuple(cases), [Found(DoubtKind.CASES_FROM_HEADINGS, "thanh_phan_ho_so", words, note)]


def _channel_line(read: ChannelRead) -> ChannelLine:
    return ChannelLine(
        channel=read.channel.value,
        term_n=read.term.n if read.term else None,
        term_unit=read.term.unit.value if read.term else None,
        term_text=read.term_text,
        note=read.note,
        fees=tuple(FeeLine(one.amount, one.kind.value, one.per, one.text) for one in read.fees),
    )


def _paper_line(paper: Paper) -> PaperLine:
    return PaperLine(
        name=paper.name,
        stable_key=paper.key,
        group_name=paper.group,
        originals=paper.originals,
        copies=paper.copies,
        required=not fold(paper.group).startswith("luu y"),
        form_code=paper.form,
    )


def _text(row: dict[str, Any], key: str) -> str:
    """The text of a cell in composed letters: some rows of the source are decomposed, and rules compare letters."""
    value = row.get(key)
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return unicodedata.normalize("NFC", text)


def _address(text: str) -> str:
    """A web address, which the page shows as a link; anything else ("javascript:…") is no address."""
    plain = text.strip()
    return plain if re.match(r"https?://\S+$", plain) and len(plain) <= 500 else ""


def _said(row: dict[str, Any], key: str) -> str:
    text = composed(_text(row, key))
    return "" if text == NO_INFORMATION else text


def _lines(row: dict[str, Any], key: str) -> str:
    text = _text(row, key).strip()
    return "" if text == NO_INFORMATION else text


def _clean(value: Any) -> Any:
    """The value without what a database text cannot hold: NUL and halves of surrogate pairs become U+FFFD."""
    if isinstance(value, str):
        return (
            value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
            if _unclean(value)
            else value
        )
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return value


def _unclean(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)

"""The flattened table "Cách thức thực hiện": channel, time, fee and note, row after row without separators.

    Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việcMiễn phíTrực tiếp3 Ngày làm việcMiễn phí

A row begins where a channel name is followed at once by a time cell and a fee cell; inside notes the same words are
followed by a space.
"""

import re
from dataclasses import dataclass, field

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import Change, DoubtKind, Found
from congvu.procedures.rules.fees import Fee, FeeReading, read_fee, set_fee, split_explanation
from congvu.procedures.rules.terms import (
    NO_INFORMATION,
    Term,
    TermReading,
    read_term,
    set_term,
    terms_in,
    the_term_for,
)
from congvu.procedures.rules.words import Channel

EVERY_CASE = "*"  # a change to the only case still fits after papers have split it
HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_NAMES = {
    "Trực tiếp": Channel.TRUC_TIEP,
    "Trực tuyến": Channel.TRUC_TUYEN,
    "Dịch vụ bưu chính": Channel.BUU_CHINH,
}
_UNIT = r"(?:Ngày làm việc|Giờ làm việc|Ngày|Giờ|Tuần|Tháng|Năm|Phút)"
_MONEY = r"(?:Việt Nam Đồng|VNĐ|VND|USD|EUR|Euro)"
_ROW = re.compile(
    rf"(?P<channel>Trực tuyến|Trực tiếp|Dịch vụ bưu chính)"
    rf"(?:(?P<time>{NO_INFORMATION}|\d+(?:[.,]\d+)?\s?{_UNIT}|\d{{1,5}}(?=Miễn phí|{NO_INFORMATION}))"
    rf"(?P<fee>Miễn phí|{NO_INFORMATION}|\d[\d.,]*\s?{_MONEY})"
    rf"|(?P<glued>\d[\d.,]*)\s?(?P<money>{_MONEY}))"
)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row of the table as read; `cells` are its words as they stand."""

    channel: Channel
    term: TermReading
    fee: FeeReading
    note: str
    cells: str
    glued: str = ""


@dataclass(frozen=True, slots=True)
class ChannelRead:
    """A channel of one case, ready to be stored."""

    channel: Channel
    term: Term | None
    term_text: str
    note: str
    fees: tuple[Fee, ...]


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The channels of one case; `name` is empty when the table speaks of one case only."""

    key: str
    name: str
    channels: tuple[ChannelRead, ...]


@dataclass(frozen=True, slots=True)
class ChannelTable:
    cases: tuple[CaseRows, ...]
    found: tuple[Found, ...] = field(default=())


def rows_of(text: str) -> tuple[list[ChannelRow], str]:
    """The rows of the flattened table and what stands before the first one (empty in a sound table)."""
    body = text[len(HEADER) :] if text.startswith(HEADER) else text
    matches = list(_ROW.finditer(body))
    rows = []
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(body)
        explanation, note = split_explanation(body[match.end() : end])
        glued = f"{match['glued']} {match['money']}" if match["glued"] else ""
        if match["glued"]:
            term = TermReading(None, DoubtKind.TERM_FEE_GLUED)
            fee = FeeReading(Fee(None, read_fee("", explanation).fee.kind, "", composed(explanation)))
        else:
            term, fee = read_term(match["time"]), read_fee(match["fee"], explanation, note)
        rows.append(
            ChannelRow(
                channel=_NAMES[match["channel"]],
                term=term,
                fee=fee,
                note=composed(note),
                cells=" · ".join(filter(None, (match["channel"], match["time"], match["fee"], glued))),
                glued=glued,
            )
        )
    return rows, composed(body[: matches[0].start()] if matches else body)


def read_channels(text: str, sequence: str = "") -> ChannelTable:
    """Read the whole table into cases with channels, terms and fees, and list every doubt. Never raises.

    `sequence` (trình tự thực hiện) is asked when a number has no unit and the row's own note is silent.
    """
    rows, before = rows_of(text)
    found: list[Found] = []
    if not rows:
        kept = composed(text)
        return ChannelTable(
            (CaseRows("chung", "", ()),), (Found(DoubtKind.NO_CHANNEL, "cach_thuc_thuc_hien", kept),)
        )
    if before:
        found.append(Found(DoubtKind.CHANNEL_UNKNOWN, "cach_thuc_thuc_hien", before))
    groups, repeated = _grouped(rows)
    if repeated is not None:
        found.append(repeated)
    cases = []
    for key, name, members in groups:
        cases.append(CaseRows(key, name, _channels_of(members)))
        target = key if len(groups) > 1 else EVERY_CASE
        found.extend(_term_doubts(target, members, sequence))
        found.extend(_fee_doubts(target, members))
        found.extend(_differences(cases[-1], target))
    return ChannelTable(tuple(cases), tuple(found))


def _grouped(rows: list[ChannelRow]) -> tuple[list[tuple[str, str, list[ChannelRow]]], Found | None]:
    """Rows as cases. A channel met twice means cases (each note names one), stages, or a copied row."""
    unique = list({(row.channel, row.cells, fold(row.note)): row for row in rows}.values())
    channels = [row.channel for row in unique]
    if len(set(channels)) == len(channels):
        repeated = None
        if len(unique) < len(rows):
            repeated = Found(
                DoubtKind.CHANNEL_REPEATED, "cach_thuc_thuc_hien", _cells(rows), "Ghi lặp; đã bỏ dòng thừa."
            )
        return [("chung", "", unique)], repeated
    notes = list(dict.fromkeys(fold(row.note) for row in unique))
    most = max(channels.count(one) for one in channels)
    speaking = all(re.search(r"\b(doi voi|truong hop|cang|loai)\b", note) for note in notes)
    if len(notes) == most and speaking:
        groups = []
        for at, note in enumerate(notes, start=1):
            members = [row for row in unique if fold(row.note) == note]
            groups.append((f"truong-hop-{at}", _short(members[0].note), members))
        said = f"Đã tách thành {len(groups)} trường hợp theo phần mô tả."
        return groups, Found(DoubtKind.CHANNEL_REPEATED, "cach_thuc_thuc_hien", _cells(rows), said)
    said = "Nhiều dòng cho một cách nộp: đã gộp vào một trường hợp, thời hạn để trống."
    return [("chung", "", unique)], Found(
        DoubtKind.CHANNEL_REPEATED, "cach_thuc_thuc_hien", _cells(rows), said
    )


def _channels_of(rows: list[ChannelRow]) -> tuple[ChannelRead, ...]:
    read = []
    for channel in dict.fromkeys(row.channel for row in rows):
        mine = [row for row in rows if row.channel == channel]
        terms = {row.term.term for row in mine}
        read.append(
            ChannelRead(
                channel=channel,
                term=terms.pop() if len(terms) == 1 else None,
                term_text="; ".join(row.cells for row in mine),
                note="\n".join(dict.fromkeys(row.note for row in mine if row.note)),
                fees=tuple(dict.fromkeys(row.fee.fee for row in mine)),
            )
        )
    return tuple(read)


def _term_doubts(case: str, rows: list[ChannelRow], sequence: str) -> list[Found]:
    """One doubt per kind and wording, over all channels that share it."""
    grouped: dict[tuple[DoubtKind, str, Term | None, int | None, str], list[int]] = {}
    known = {row.term.term.n: row.term.term for row in rows if row.term.term is not None}
    for row in rows:
        kind, proposal, note = row.term.doubt, row.term.proposal, ""
        if kind is DoubtKind.TERM_FEE_GLUED:
            note = "Có thể tách: " + "; ".join(_splits(row.glued))
        elif kind in (DoubtKind.TERM_WITHOUT_UNIT, DoubtKind.TERM_MISSING) and proposal is None:
            proposal = the_term_for(row.term.bare, row.note, row.fee.fee.text)
            if proposal is None and row.term.bare is not None:
                proposal = known.get(row.term.bare) or the_term_for(row.term.bare, sequence)
        elif row.term.term is not None:
            said = terms_in(row.note)
            if len(said) == 1 and row.term.term not in said:
                kind, proposal = DoubtKind.TERM_CONTRADICTS_NOTE, next(iter(said))
                note = f"Cột ghi {row.term.term.words()}; mô tả ghi {proposal.words()}."
        if kind is not None:
            grouped.setdefault((kind, _time_words(row), proposal, row.term.bare, note), []).append(
                row.channel.value
            )
    return [
        Found(
            kind,
            "cach_thuc_thuc_hien",
            words,
            note or _through(channels),
            _to_set(kind, case, sorted(set(channels)), proposal, bare),
        )
        for (kind, words, proposal, bare, note), channels in grouped.items()
    ]


def _to_set(
    kind: DoubtKind, case: str, channels: list[int], term: Term | None, bare: int | None
) -> tuple[Change, ...]:
    """What would settle a term in doubt; where the money is glued to it, the first fee line too."""
    change = set_term(case, channels, term, bare)
    return (change, set_fee(case, channels, 1, None)) if kind is DoubtKind.TERM_FEE_GLUED else (change,)


def _fee_doubts(case: str, rows: list[ChannelRow]) -> list[Found]:
    grouped: dict[tuple[DoubtKind, str, int | None, int], list[int]] = {}
    for row in rows:
        if row.fee.doubt is None:
            continue
        lines = list(dict.fromkeys(one.fee.fee for one in rows if one.channel == row.channel))
        words = composed(f"{row.cells} ({row.fee.fee.text})" if row.fee.fee.text else row.cells)
        key = (row.fee.doubt, _without_channel(words), row.fee.proposal, lines.index(row.fee.fee) + 1)
        grouped.setdefault(key, []).append(row.channel.value)
    return [
        Found(
            kind,
            "cach_thuc_thuc_hien",
            words,
            _through(channels),
            (set_fee(case, sorted(set(channels)), order, amount),),
        )
        for (kind, words, amount, order), channels in grouped.items()
    ]


def _differences(case: CaseRows, target: str) -> list[Found]:
    """Doubts between the channels of one case: terms or fees that differ."""
    found = []
    terms = {one.channel: one.term for one in case.channels if one.term is not None}
    if len(set(terms.values())) > 1:
        words = "; ".join(f"{channel.label}: {term.words()}" for channel, term in terms.items())
        change = set_term(target, [channel.value for channel in terms], None)
        found.append(
            Found(DoubtKind.TERM_DIFFERS_BETWEEN_CHANNELS, "cach_thuc_thuc_hien", words, "", (change,))
        )
    fees = {one.channel: tuple(fee.amount for fee in one.fees) for one in case.channels}
    if len(set(fees.values())) > 1:
        words = "; ".join(f"{channel.label}: {_amounts(amounts)}" for channel, amounts in fees.items())
        change = set_fee(target, [channel.value for channel in fees], 1, None)
        found.append(
            Found(DoubtKind.FEE_DIFFERS_BETWEEN_CHANNELS, "cach_thuc_thuc_hien", words, "", (change,))
        )
    return found


def _amounts(amounts: tuple[int | None, ...]) -> str:
    return ", ".join("không rõ" if one is None else f"{one:,} đồng".replace(",", ".") for one in amounts)


def _splits(glued: str) -> list[str]:
    digits, _, money = glued.partition(" ")
    cuts = (at for at in range(1, min(4, len(digits))) if digits[:at].isdigit() and digits[at].isdigit())
    return [f"{digits[:at]} | {digits[at:]} {money}" for at in cuts if not digits[at:].startswith("0")]


def _time_words(row: ChannelRow) -> str:
    return _without_channel(f"{row.cells} – {row.note}"[:600] if row.note else row.cells)


def _without_channel(words: str) -> str:
    return re.sub(r"^(Trực tuyến|Trực tiếp|Dịch vụ bưu chính)", "", words).strip(" ·")


def _through(channels: list[int]) -> str:
    return "Cách nộp: " + ", ".join(Channel(one).label for one in sorted(set(channels)))


def _cells(rows: list[ChannelRow]) -> str:
    return "\n".join(f"{row.cells} – {row.note}" for row in rows)


def _short(note: str, most: int = 200) -> str:
    clean = note.lstrip("-+*•. ")
    return clean if len(clean) <= most else clean[: most - 1].rsplit(" ", 1)[0] + "…"

"""The flattened table "Thành phần hồ sơ": groups of papers under a heading, each paper ending in its counts.

    a) Hồ sơ thành lập:Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịMau 01.docx1 bản chínhBản sao…0 bản chính,1 bản sao

The counts stand glued to the name; inside a sentence the same words have a space or bracket around them.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import DoubtKind, Found

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
MOST_COPIES = 9  # more is a digit of the name: "Mẫu số 1" + "1 bản chính"
_COUNT = re.compile(r"(?P<a>\d{1,4}) bản (?:chính(?:,(?P<b>\d{1,4}) bản sao)?|(?P<copy>sao))")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|zip|rar|jpe?g|png)$", re.IGNORECASE)
_GLUE = re.compile(
    r"(?<=[a-zà-ỹ.;:)\]])(?=(?:Mẫu|Mau|MẪU|MAU|Phu|Phụ|PHU|PL|Đơn|Don|TK|Tờ|To |BM|\d{1,2}\.))"
)
_ALTERNATIVE = re.compile(r"^(?:[\W\d_]|[a-zđ][.)])*\s*(?:Trường hợp|Đối với|TH\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `key` stays the same as long as its name and group do."""

    key: str
    group: str
    name: str
    originals: int
    copies: int
    form: str


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Papers by heading; `alternatives` are the headings that read as cases of which the applicant has one."""

    papers: tuple[Paper, ...]
    alternatives: tuple[str, ...] = field(default=())
    found: tuple[Found, ...] = field(default=())


def read_papers(text: str) -> PaperTable:
    """Read the table into papers and list every doubt. Never raises; no words are lost."""
    parts = text.split(HEADER)
    if len(parts) == 1:
        words = _heading(text)
        kept = (_paper({}, "", words, 0, 0),) if words else ()
        return PaperTable(kept, (), (Found(DoubtKind.NO_PAPERS, "thanh_phan_ho_so", words),))
    heading = _heading(parts[0])
    papers: list[Paper] = []
    found: list[Found] = []
    keys: dict[str, int] = {}
    for at, part in enumerate(parts[1:], start=1):
        rest_at = 0
        for match in _row_ends(part):
            name, originals, copies, odd = _counted(part[rest_at : match.start()], match)
            rest_at = match.end()
            if not composed(name):
                found.append(
                    Found(DoubtKind.PAPER_NAME_EMPTY, "thanh_phan_ho_so", f"{heading}: {match.group()}")
                )
            paper = _paper(keys, heading, name, originals, copies)
            papers.append(paper)
            if odd:
                words = composed(part[max(0, match.start() - 80) : match.end()])
                found.append(Found(DoubtKind.PAPER_COUNT_SUSPICIOUS, "thanh_phan_ho_so", words))
        rest = _heading(part[rest_at:])
        if at < len(parts) - 1:
            heading = rest
        elif rest:
            papers.append(_paper(keys, heading, rest, 0, 0))
            found.append(Found(DoubtKind.PAPERS_UNPARSED, "thanh_phan_ho_so", rest))
    if not papers:
        found.append(Found(DoubtKind.NO_PAPERS, "thanh_phan_ho_so", composed(text)[:500]))
    uncounted = [one.name for one in papers if not one.originals and not one.copies]
    if uncounted:
        note = f"{len(uncounted)} trong {len(papers)} giấy tờ không nêu số bản."
        found.append(
            Found(DoubtKind.PAPER_COUNT_MISSING, "thanh_phan_ho_so", "\n".join(uncounted)[:2000], note)
        )
    return PaperTable(tuple(papers), _alternatives(papers), tuple(found))


def _row_ends(part: str) -> list[re.Match[str]]:
    """Counts that end a row: those not standing free inside a sentence or a bracket."""
    ends = []
    for match in _COUNT.finditer(part):
        before = part[match.start() - 1] if match.start() else ""
        after = part[match.end()] if match.end() < len(part) else ""
        inside = before in " (\n\t" and before != "" and (after in " ,;.)/:\n" and after != "")
        followed = after in ",;.)/" and after != ""
        if not (inside or followed):
            ends.append(match)
    return ends


def _counted(name: str, match: re.Match[str]) -> tuple[str, int, int, bool]:
    """(name, originals, copies, odd). Digits of the name glued to the count are given back to the name."""
    text = match["a"]
    odd = len(text) > 1 and (text.startswith("0") or int(text) > MOST_COPIES)
    if odd:
        name, text = name + text[:-1], text[-1]
    if match["copy"]:
        return name, 0, int(text), odd
    return name, int(text), int(match["b"] or 0), odd


def _paper(keys: dict[str, int], group: str, raw: str, originals: int, copies: int) -> Paper:
    name, form = _with_form(raw.strip())
    name = composed(name).strip("-+* ;,") or composed(raw) or "(không có tên)"
    base = sha256(fold(f"{group} {name}").encode()).hexdigest()[:16]
    keys[base] = keys.get(base, 0) + 1
    key = base if keys[base] == 1 else f"{base}-{keys[base]}"
    return Paper(key, group, name, originals, copies, composed(form)[:500])


def _with_form(raw: str) -> tuple[str, str]:
    """(name, file of the form). The file stays inside the name where the seam cannot be seen."""
    if not _FILE.search(raw):
        return raw, ""
    seams = [match.start() for match in _GLUE.finditer(raw) if len(raw) - match.start() <= 160]
    if not seams or not raw[: seams[0]].strip(" -"):
        return raw, ""
    return raw[: seams[-1]], raw[seams[-1] :]


def _heading(text: str) -> str:
    return composed(text).strip("-– ")


def _alternatives(papers: list[Paper]) -> tuple[str, ...]:
    groups = dict.fromkeys(paper.group for paper in papers)
    return tuple(group for group in groups if _ALTERNATIVE.match(group))

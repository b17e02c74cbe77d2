"""The flattened columns "Kết quả" and "Căn cứ pháp lý"."""

import re
from dataclasses import dataclass
from hashlib import sha256

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.doubts import DoubtKind, Found

BASES_HEADER = "Tên văn bản pháp lýMã văn bản"
NO_INFORMATION = "Không có thông tin"
_SOUND_CODE = re.compile(r"KQ\.[A-Z]\d{2}\.\d{6}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-KQ\d{4,6}")
_CODE = re.compile(
    rf"Mã:\s*(?P<code>{_SOUND_CODE.pattern}|KQ-[A-Z]\d\d\.\d+|[0-9a-z][\w.-]*?(?=[A-ZĐ][a-zà-ỹ]|$)|\S+)"
)

_WHO = (
    "CP|TTg|BTP|BTC|BXD|BGTVT|BNV|BCA|BQP|BCT|BKHCN|BKHĐT|BTTTT|BVHTTDL|BNNPTNT|BNNMT|BLĐTBXH|BYT|BGDĐT|BTNMT|BNG"
    "|BDTTG|BNN|TANDTC|VKSNDTC|UBTVQH|UBND|HĐND|VPQH|VPCP|NHNN|CTN|TTCP|KTNN|BTS|TCHQ|UBTWMTTQVN|MTTW|UBT|QH"
)
_NUMBER = re.compile(
    r"(?:(?<!\d)|(?<=/\d{4})|(?<=năm \d{4})|(?<=QH\d\d))"  # a year or a "QH13" may stand glued before a number
    rf"(?P<number>\d{{1,5}}(?:\.\d{{1,2}})?(?:/\d{{4}})?/(?:"
    rf"(?:QH|UBTVQH)\d{{1,2}}"
    rf"|(?:NĐ|TT|TTLT|QĐ|QD|NQ|NQLT|VBHN|PL|CT|KH|L|CP|SL)(?:-(?:UBTVQH\d{{2}}|QH\d{{2}}|{_WHO}|NĐ))+))"
)


@dataclass(frozen=True, slots=True)
class Result:
    key: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Basis:
    number: str
    title: str


def read_results(text: str) -> tuple[tuple[Result, ...], tuple[Found, ...]]:
    """Results with their codes. Keywords and the page's own buttons after them are left out. Never raises."""
    head = text.partition("Từ khóa")[0]
    results, found, at, keys = [], [], 0, dict[str, int]()
    for match in _CODE.finditer(head):
        name = composed(head[at : match.start()]).strip("-+ ")
        at = match.end()
        if name:
            results.append(Result(_key(keys, name), match["code"], name))
        if not _SOUND_CODE.fullmatch(match["code"]):
            found.append(
                Found(DoubtKind.RESULT_CODE_ODD, "ket_qua_xu_ly", composed(f"{name} Mã: {match['code']}"))
            )
    rest = composed(head[at:]).strip("-+ ")
    if rest and rest != NO_INFORMATION:
        results.append(Result(_key(keys, rest), "", rest))
    if not results:
        found.append(Found(DoubtKind.RESULT_MISSING, "ket_qua_xu_ly", composed(text)[:500]))
    return tuple(results), tuple(found)


def read_bases(text: str) -> tuple[tuple[Basis, ...], tuple[Found, ...]]:
    """Legal bases: a title, then its number glued on. Never raises."""
    body = text[len(BASES_HEADER) :] if text.startswith(BASES_HEADER) else text
    if composed(body) in ("", NO_INFORMATION):
        return (), (Found(DoubtKind.BASES_MISSING, "can_cu_phap_ly", composed(text)),)
    bases: list[Basis] = []
    at = 0
    for match in _NUMBER.finditer(body):
        after = body[match.end() : match.end() + 1]
        glued = match.start() > 0 and body[match.start() - 1] not in " (\xa0\n"  # to the end of its title
        if (
            not glued
            and after in (" ", ",", ";", ")", ".", "\xa0")
            and not _starts_title(body[match.end() :])
        ):
            continue  # named inside a title
        title = composed(body[at : match.start()]).strip(" -.;,")
        if not title and bases and bases[-1].number == match["number"]:
            at = match.end()  # "Nghị định 08/2020/NĐ-CP" + "08/2020/NĐ-CP"
            bases[-1] = Basis(match["number"], f"{bases[-1].title} {match['number']}")
            continue
        bases.append(Basis(match["number"], title))
        at = match.end()
    rest = composed(body[at:]).strip(" -.;,")
    if not rest:
        return tuple(bases), ()
    bases.append(Basis("", rest))
    return tuple(bases), (Found(DoubtKind.BASES_UNPARSED, "can_cu_phap_ly", rest),)


def _starts_title(rest: str) -> bool:
    """ " Thông tư số…" after a number: the source left a space before the next title."""
    return bool(re.match(r"\s+(?:Thông tư|Nghị định|Luật|Quyết định|Nghị quyết|Bộ luật|Pháp lệnh)\b", rest))


def _key(keys: dict[str, int], name: str) -> str:
    base = sha256(fold(name).encode()).hexdigest()[:16]
    keys[base] = keys.get(base, 0) + 1
    return base if keys[base] == 1 else f"{base}-{keys[base]}"

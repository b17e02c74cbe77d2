"""XES logs, read as a stream: one trace in memory at a time, nested attributes kept as `parent/child`.

The defaults of `<global>` are not facts of a case and are not taken for missing attributes. Document type and
entity declarations are refused, as defusedxml does: a log needs none, and they are how XML is made to explode.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

from congvu.dossiers.rules.eventlog.build import label
from congvu.dossiers.rules.eventlog.seen import Seen
from congvu.dossiers.rules.eventlog.sources import BLOCK, BadLog, CutOff, Source

MOST_EVENTS = 100_000  # of one trace
LONGEST_TOKEN = 4 << 20
DEEPEST = 40
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_GROUPS = frozenset({"list", "container"})


class Trace(NamedTuple):
    """A case as XES writes it: attribute names to text."""

    case: dict[str, str]
    events: list[dict[str, str]]


class _Handler:
    """The parser's state: which element we are in, and the trace being gathered."""

    def __init__(self, name: str, keep: bool, ref_name: str = "") -> None:
        self.name, self.keep, self._ref_name = name, keep, ref_name
        self.ready: list[Trace] = []
        self.whole = 0
        self.events = 0
        self.depth = 0
        self.case_names: dict[str, int] = {}
        self.event_names: dict[str, int] = {}
        self.last = ""
        self.repeated: set[str] = set()
        self._refs = Seen()
        self._trace: Trace | None = None
        self._event: dict[str, str] | None = None
        self._path: list[str] = []
        self._global = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.depth += 1
        if self.depth == 1 and tag != "log":
            raise BadLog(
                f"Tệp là XML nhưng không phải XES: thẻ gốc là <{tag}>.",
                where=self.name,
                do="Chọn tệp XES có thẻ gốc <log>.",
            )
        if self.depth > DEEPEST:
            raise BadLog(
                f"Các thẻ lồng nhau quá {DEEPEST} tầng.",
                where=self.name,
                do="Kiểm tra chương trình xuất tệp.",
            )
        if tag in _VALUES or tag in _GROUPS:
            self._attribute(tag, attributes)
        elif tag == "event" and self._trace is not None:
            self._event = {}
        elif tag == "trace":
            self._trace, self._path = Trace({}, []), []
        elif tag == "global":
            self._global += 1

    def _attribute(self, tag: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key", "")
        self._path.append(key)
        if self._trace is None or self._global or tag in _GROUPS:
            return
        full = key if len(self._path) == 1 else "/".join(self._path)
        value = attributes.get("value", "")
        if self._event is not None:
            self._event[full] = value
            if not self.keep:
                self.event_names[full] = self.event_names.get(full, 0) + 1
            return
        case = self._trace.case
        case[full] = f"{case[full]}; {value}" if full in case and len(self._path) > 1 else value
        if not self.keep:
            self.case_names[full] = self.case_names.get(full, 0) + 1

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self.depth -= 1
        if tag in _VALUES or tag in _GROUPS:
            self._path.pop()
        elif tag == "event" and self._trace is not None and self._event is not None:
            self._trace.events.append(self._event)
            self._event = None
            if len(self._trace.events) > MOST_EVENTS:
                raise BadLog(
                    f"Một vụ việc có quá {MOST_EVENTS} sự kiện.",
                    where=self.name,
                    do="Kiểm tra chương trình xuất tệp.",
                )
        elif tag == "trace" and self._trace is not None:
            self.whole += 1
            self.events += len(self._trace.events)
            ref = label(self._trace.case.get(self._ref_name, ""))
            self.last = ref or self.last
            if self.keep:
                self.ready.append(self._trace)
            elif ref and self._refs.met(ref):
                self.repeated.add(ref)
            self._trace = None
        elif tag == "global":
            self._global -= 1

    def forbidden(self, *_: Any) -> Any:
        raise BadLog(
            "Tệp XML khai báo kiểu tài liệu hoặc thực thể (DOCTYPE, ENTITY); không đọc tệp như vậy.",
            where=self.name,
            do="Xóa khai báo đó, hoặc xuất lại nhật ký.",
        )


class Survey(NamedTuple):
    """What a first pass over the whole log found; names with how often they occur."""

    cases: int
    events: int
    case_names: dict[str, int]
    event_names: dict[str, int]
    repeated: frozenset[str]  # references that perhaps occur twice; every one that does is here
    sha256: str


def survey(path: Path, ref_name: str, tick: Callable[[Source, int], None]) -> Survey:
    """Read the whole log once, keeping nothing. Refuses a log cut off or broken, with the number of whole cases."""
    handler, sha256 = _Handler(path.name, keep=False, ref_name=ref_name), ""
    for source in _parse(path, handler):
        tick(source, handler.whole)
        sha256 = source.digest.hexdigest()
    return Survey(
        handler.whole,
        handler.events,
        handler.case_names,
        handler.event_names,
        frozenset(handler.repeated),
        sha256,
    )


def traces(path: Path, tick: Callable[[Source, int], None]) -> Iterator[Trace]:
    """The traces of the log, one at a time, in file order."""
    handler = _Handler(path.name, keep=True)
    for source in _parse(path, handler):
        yield from handler.ready
        handler.ready.clear()
        tick(source, handler.whole)


def _parse(path: Path, handler: _Handler) -> Iterator[Source]:
    """Feed the file to the parser block by block, giving way after each; faults become refusals in words."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = handler.forbidden
    parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = handler.forbidden
    fed = 0
    with Source(path) as source:
        try:
            while block := source.read(BLOCK):
                parser.Parse(block, False)
                fed += len(block)
                if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                    raise BadLog(
                        f"Một thẻ dài quá {LONGEST_TOKEN >> 20} MB ở dòng {parser.CurrentLineNumber}.",
                        where=handler.name,
                    )
                yield source
            parser.Parse(b"", True)
            yield source
        except CutOff as cut:
            raise _cut(str(cut).capitalize(), handler) from None
        except expat.ExpatError as fault:
            raise _fault(fault, handler) from None
        except ValueError as fault:  # an encoding the parser does not know
            raise BadLog(
                f"Không đọc được bảng mã khai trong tệp: {fault}.",
                where=handler.name,
                do="Lưu lại dạng UTF-8.",
            ) from None


def _fault(fault: expat.ExpatError, handler: _Handler) -> BadLog:
    codes = expat.errors.codes
    ends = (codes[expat.errors.XML_ERROR_NO_ELEMENTS], codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN])
    partial = (
        codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    )
    if fault.code in ends or fault.code in partial:
        return _cut(f"Tệp XES bị cắt cụt ở dòng {fault.lineno}", handler)
    what = f"Tệp XES hỏng ở dòng {fault.lineno}, cột {fault.offset + 1} ({expat.ErrorString(fault.code)})"
    return _cut(what, handler)


def _cut(what: str, handler: _Handler) -> BadLog:
    last = f", cuối cùng là «{handler.last}»" if handler.last else ""
    return BadLog(
        f"{what}: {handler.whole} vụ việc còn trọn vẹn{last}. Chưa nạp gì.",
        where=handler.name,
        do="Tải lại tệp từ nguồn.",
        whole=handler.whole,
    )

"""Parts of units taken into one text: their own words under the heading they stand under. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from congvu.reports.rules.text import Kind

_HEADS = tuple(f"{kind.value} " for kind in (Kind.PART, Kind.SECTION, Kind.POINT))
Path = tuple[str, ...]


def consolidated(body: str, parts: Sequence[tuple[str, str]], start: str) -> str:
    """`body` with what each unit (name, text) added to `start`, the text it was given. A line stands once, named by its unit,
    at the end of the section of the same headings; a heading only a unit has goes with its lines to the end. Lines with
    figures of the unit are left out: the report tells its own, and theirs stand in the table beside.
    """
    given = {line.strip() for line in start.splitlines()}
    sections = list(_sections(body))
    places = {path: n for n, (path, _) in reversed(list(enumerate(sections)))}
    there = {line.strip() for line in body.splitlines()}
    tail: list[str] = []
    for name, text in parts:
        for path, lines in _sections(text):
            own = [f"{name}: {line}" for line in _own(lines, given)]
            own = [line for line in own if line not in there]
            if not own:
                continue
            if path in places:
                sections[places[path]][1].extend(own)
            else:
                tail += [*(f"## {path[-1]}" for _ in (path,) if path), *own]
    if tail:
        sections.append((("",), ["# Nội dung khác của các đơn vị", *tail]))
    return "\n".join(line for _, lines in sections for line in lines)


def _own(lines: Iterable[str], given: set[str]) -> Iterator[str]:
    for line in lines:
        typed = line.strip()
        if typed and typed not in given and not typed.startswith((*_HEADS, "|")) and "{{" not in typed:
            yield typed.removeprefix("- ")


def _sections(body: str) -> Iterator[tuple[Path, list[str]]]:
    """The lines from one heading to the next, heading first, with the headings above them."""
    path: Path = ()
    lines: list[str] = []
    for line in body.splitlines():
        typed = line.strip()
        head = next((one for one in _HEADS if typed.startswith(one)), "")
        if head:
            if lines:
                yield path, lines
            path, lines = (*path[: len(head) - 2], typed[len(head) :].strip()), []
        lines.append(line)
    if lines:
        yield path, lines

"""What may be shown without telling what few people said. Pure.

A cell with fewer than the minimum of respondents is hidden; and since a total stands beside its parts, so are others with it,
until what a subtraction gives back is itself of enough respondents and of more than one cell. A total that is hidden must not
be the sum of parts that are all shown.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

Cell = tuple[str, str]  # row, column
Count = Callable[[list[int]], int]  # of how many people cells of that many are
TOTAL = ""


def hidden(
    counts: Mapping[Cell, int], minimum: int, already: Collection[Cell] = frozenset()
) -> frozenset[Cell]:
    """The cells to hide, of a table whose totals are the row and the column named "". A cell of nobody tells nothing and
    is neither hidden nor hides. `already`: cells hidden by a table this one is a part of."""
    told = {cell: n for cell, n in counts.items() if n > 0}
    gone = {cell for cell, n in told.items() if n < minimum or cell in already}
    rows = sorted({row for row, _ in told})
    columns = sorted({column for _, column in told})
    lines: list[tuple[list[Cell], Cell, Count]] = [
        ([(row, column) for row in rows if row != TOTAL and (row, column) in told], (TOTAL, column), sum)
        for column in columns
    ] + [  # the columns of one row are of the same people
        (
            [(row, column) for column in columns if column != TOTAL and (row, column) in told],
            (row, TOTAL),
            max,
        )
        for row in rows
    ]
    while True:
        before = len(gone)
        for parts, total, people in lines:
            gone |= _with_it(parts, total, told, gone, minimum, people)
        if len(gone) == before:
            return frozenset(gone)


def _with_it(
    parts: Sequence[Cell],
    total: Cell,
    told: Mapping[Cell, int],
    gone: set[Cell],
    minimum: int,
    people: Count,
) -> set[Cell]:
    """What else is hidden of one line: while its total is shown, whatever is missing must be enough and more than one; once
    it is hidden, one part at least is missing."""
    if total not in told:
        return set()
    if total in gone:
        whole = parts and not any(cell in gone for cell in parts)
        return {min(parts, key=lambda cell: (told[cell], cell))} if whole else set()
    missing = [cell for cell in parts if cell in gone]
    left = sorted((cell for cell in parts if cell not in gone), key=lambda cell: (told[cell], cell))
    added: set[Cell] = set()
    while missing and (len(missing) < 2 or people([told[cell] for cell in missing]) < minimum):
        if not left:
            return added | {total}
        missing.append(left.pop(0))
        added.add(missing[-1])
    return added

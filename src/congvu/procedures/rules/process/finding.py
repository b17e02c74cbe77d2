"""What is wrong with a process, in words an official can act on."""

from dataclasses import dataclass
from enum import StrEnum

from congvu.procedures.rules.process.graph import Process

ARTICLE_INTERLINKED = "NĐ 61/2018, Điều 19.6-19.7"


class Level(StrEnum):
    ERROR = "ERROR"  # may not be published
    WARNING = "WARNING"


class Code(StrEnum):
    """What kind of thing is wrong."""

    NO_STEPS = "NO_STEPS"
    NAME_EMPTY = "NAME_EMPTY"
    KEY_DUPLICATED = "KEY_DUPLICATED"
    TARGET_UNKNOWN = "TARGET_UNKNOWN"
    START_WAITS = "START_WAITS"
    UNREACHABLE = "UNREACHABLE"
    NO_WAY_TO_END = "NO_WAY_TO_END"
    CYCLE = "CYCLE"
    BACK_UNBOUNDED = "BACK_UNBOUNDED"
    BACK_ASTRAY = "BACK_ASTRAY"
    FACT_MISTYPED = "FACT_MISTYPED"
    FACT_UNNAMED = "FACT_UNNAMED"
    NO_EXIT = "NO_EXIT"
    OTHERWISE_MISSING = "OTHERWISE_MISSING"
    OTHERWISE_TWICE = "OTHERWISE_TWICE"
    CONDITION_MISSING = "CONDITION_MISSING"
    JOIN_NEVER = "JOIN_NEVER"
    JOIN_MAY_HANG = "JOIN_MAY_HANG"
    JOIN_ABSORBS = "JOIN_ABSORBS"
    TERM_EXCEEDED = "TERM_EXCEEDED"
    TERM_NOT_COMPARABLE = "TERM_NOT_COMPARABLE"
    TERM_MISSING = "TERM_MISSING"
    AGENCY_MISSING = "AGENCY_MISSING"
    AGENCY_GONE = "AGENCY_GONE"
    AGENCY_UNBOUND = "AGENCY_UNBOUND"
    CHOSEN_BY_NOBODY = "CHOSEN_BY_NOBODY"
    SUB_PROCEDURE_MISSING = "SUB_PROCEDURE_MISSING"
    NO_RETURN = "NO_RETURN"


@dataclass(frozen=True, slots=True)
class Finding:
    """`row`: the step's row in the table, from 1; 0 when it concerns the whole process."""

    level: Level
    code: Code
    row: int
    what: str
    do: str = ""
    article: str = ""

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR

    def words(self) -> str:
        """One line: which row, what, what to do."""
        where = f"Bước {self.row}: " if self.row else ""
        return f"{where}{self.what} {self.do}".strip()


def error(code: Code, row: int, what: str, do: str, article: str = "") -> Finding:
    return Finding(Level.ERROR, code, row, what, do, article)


def warning(code: Code, row: int, what: str, do: str, article: str = "") -> Finding:
    return Finding(Level.WARNING, code, row, what, do, article)


def named(process: Process, keys: tuple[str, ...] | list[str]) -> str:
    """ "bước 2 «Thẩm định», bước 4 «Ký»" """
    return ", ".join(f"bước {process.position[key]} «{process.by_key[key].name}»" for key in keys)

"""The digest of the records behind a number: whoever has the list can see that it is the one that was counted."""

from collections.abc import Sequence

from congvu.dossiers.access import Visible
from congvu.indicators.queries.compose import filled, sql_of
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.records import row_of
from congvu.indicators.queries.states import states
from congvu.indicators.rules.conditions import Condition


def records_digest(
    seen: Visible, question: Question, condition: Condition, units: Sequence[int] | None
) -> str:
    """sha256 of the sorted codes of the dossiers `queries.records.records` would list, a line each. 1 statement."""
    blocks = (
        str(filled("records_block", state=block, counted=counted))
        for block, counted in states(seen.sql("d"), as_known=question.known_until is not None, counting=False)
    )
    text = filled(
        "records_digest",
        state="\nUNION ALL\n".join(blocks),
        asked=sql_of(condition),
        row=row_of(By.UNIT, "", units),
    )
    found: str = text.rows({**question.params, **seen.params, "row_units": list(units or ())})[0][0]
    return found

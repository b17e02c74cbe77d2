"""Look into the store of results of one person (xem kho kết quả), to use what is there for a reception. Each look is audited."""

from datetime import datetime

from congvu.dossiers.queries.papers import Stored, store_of
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused

STORE = "result_store"


def look_in_store(number: str, why: str, *, going_on: bool = False, by: Actor, at: datetime) -> list[Stored]:
    """The stored results of the owner with this number. 2 statements, none without a number.

    A citizen sees the own ones; a counter sees those of the person it receives for, and says what for. Nobody else looks.
    `going_on`: the same look as a moment ago, which was audited when it began.
    """
    if not number:
        return []
    own = bool(by.citizen_number) and by.citizen_number == number
    if not own and not (by.has(CLERK) and why.strip()):
        raise Refused(
            "Kho kết quả chỉ mở cho chính người ấy, hoặc cho một cửa khi tiếp nhận hồ sơ của họ.",
            do="Mở từ trang tiếp nhận, khi đã có số căn cước và thủ tục.", article="NĐ 61/2018, Điều 20.5",
        )  # fmt: skip
    found = store_of(number)
    if not own and not going_on:
        facts = {"number": number, "results": [one.id for one in found]}
        record(
            "look_in_store",
            STORE,
            found[0].dossier_id if found else 0,
            by=by,
            at=at,
            why=why[:500],
            after=facts,
        )
    return found

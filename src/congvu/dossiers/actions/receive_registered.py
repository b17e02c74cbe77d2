"""Receive what was registered online: the code is given and the clock starts."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from congvu.dossiers.actions.door import moved, read, refuse_apart
from congvu.dossiers.actions.dossier_set import plain
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.actions.steps import first_steps
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.offers import offer
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.codes import series_key
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.queries import picture


def receive_registered(
    ids: Iterable[int],
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    whole: bool = False,
) -> Outcome:
    """Receive a set of online requests. 3 statements (more the first time a process of the server sees a version).

    One whose supplement has come (5, never received) is received and handled at once: the portal knows no way back
    from 5 to 2. `whole`: the members of an envelope, received together."""
    asked = list(dict.fromkeys(ids))
    found, calendars, _ = read(asked, by=by, at=at)
    codes = picture()
    rows: list[dict[str, Any]] = []
    refused: dict[int, NotDone] = {}
    for dossier_id in asked:
        now = found.get(dossier_id)
        try:
            checked = _checked(now, dossier_id, by, seen)
            if not whole:
                refuse_apart(checked)
            span = codes.at(checked.receiving_unit_id, at.date())
            if span is None:
                raise Refused("Đơn vị tiếp nhận không còn hoạt động.", where=checked.label)
            rows.append(_row(checked, span.code, calendars, at))
        except Refused as why:
            refused[dossier_id] = NotDone(dossier_id, None, why)
    versions = {found[row["id"]].procedure_version_id for row in rows}
    params = {
        "rows": json.dumps(rows, default=plain), "fees": json.dumps(_fees(versions)), "at": at,
        "actor": by.account_id, "actor_name": by.name, "office": by.office_id,
    }  # fmt: skip
    done = {r[0]: Done(r[0], r[1], r[2]) for r in statement(BULK, "accept").rows(params)} if rows else {}
    for row in rows:
        if row["id"] not in done:
            refused[row["id"]] = NotDone(row["id"], None, moved(str(row["id"])))
    return Outcome(
        tuple(done[i] for i in asked if i in done), tuple(refused[i] for i in asked if i in refused)
    )


def _fees(versions: Iterable[int]) -> list[dict[str, Any]]:
    """What each case of these versions charges through each channel."""
    return [
        {"case": case, "channel": channel, "amount": fee.amount, "reason": fee.reason}
        for terms in map(offer, versions)
        for case in {case for case, _ in terms.promises}
        for channel in (1, 2, 3)
        for fee in terms.promise(case, channel).fees
    ]


def _checked(
    now: DossierNow | None, dossier_id: int, by: Actor, seen: Mapping[int, int] | None
) -> DossierNow:
    if now is None:
        raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
    if seen is not None and seen.get(dossier_id, now.version) != now.version:
        raise moved(now.label)
    waiting = now.status == Status.REGISTERED or (now.status == Status.SUPPLEMENT and now.received_at is None)
    if not waiting:
        raise Refused(
            f"Hồ sơ đang ở trạng thái «{now.status.label}», không còn chờ tiếp nhận.", where=now.label
        )
    if not by.system and now.receiving_unit_id not in by.units(CLERK):
        raise Refused("Hồ sơ này do đơn vị khác tiếp nhận.", where=now.label)
    return now


def _row(now: DossierNow, code: str, calendars: Calendars, at: datetime) -> dict[str, Any]:
    day = at.date()
    due_on, due_at = clock.first_due(
        at, now.term_n, now.term_unit, calendars.of(now.competent_unit_id), now.start_policy
    )
    steps = first_steps(now.road, now.receiving_unit_id, now.competent_unit_id, calendars, at)
    return {
        "id": now.id, "version": now.version, "series": series_key(code, day), "code_prefix": f"{code}-{day:%y%m%d}-",
        "received_on": day, "due_on": due_on, "due_at": due_at, "calendar_version": calendars.number,
        "status": Status.RECEIVED if now.status == Status.REGISTERED else Status.HANDLING, "status_from": now.status,
        "steps": steps, "reason": "",
    }  # fmt: skip

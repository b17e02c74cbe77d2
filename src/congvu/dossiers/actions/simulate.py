"""Try a process on the arrivals of a year (mô phỏng quy trình): ordered on a page, worked off in the background."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from congvu.dossiers.access import movable_by
from congvu.dossiers.models import Simulation
from congvu.dossiers.rules.trials import FEWEST_DOSSIERS, MOST_EXPECTED, SPREADS, Inputs, simulated
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_minutes

LOST_AFTER = 15  # minutes after which a trial that is still running has died with its worker
MOST_SEED = 999_999
_log = logging.getLogger(__name__)


def order_simulation(procedure_id: int, inputs: Inputs, seed: int, *, by: Actor, at: datetime) -> Simulation:
    """Keep what is to be tried. 4 statements with the transaction. Refuses too few or too many dossiers."""
    if movable_by(by, at.date()).nothing:
        raise Refused("Việc của quản trị viên công bố quy trình, hoặc của lãnh đạo.")
    expected = inputs.arrivals.expected
    if not inputs.per_day and expected < FEWEST_DOSSIERS:
        raise Refused(
            f"Năm qua chỉ có {expected} hồ sơ, quá ít để mô phỏng.",
            where="moi-ngay",
            do="Ghi số hồ sơ mỗi ngày làm việc mà bạn dự kiến.",
        )
    if not 0 < expected <= MOST_EXPECTED:
        raise Refused(
            f"Mô phỏng {expected} hồ sơ một năm là ngoài khả năng.",
            where="moi-ngay",
            do=f"Chọn một cơ quan, hoặc ghi ít hơn: tối đa {MOST_EXPECTED} hồ sơ.",
        )
    if inputs.spread not in SPREADS or not 0 <= seed <= MOST_SEED:
        raise Refused("Mầm ngẫu nhiên là một số từ 0 đến 999999.", where="mam", do="Ghi lại số ấy.")
    with transaction.atomic():
        made = Simulation.objects.create(
            procedure_id=procedure_id,
            inputs=inputs.told(),
            seed=seed,
            ordered_at=at,
            by=by.account_id,
            by_name=by.name,
        )
        record(
            "simulate",
            "dossiers.simulation",
            made.pk,
            by=by,
            at=at,
            after={"expected": expected, "seed": seed},
        )
    return made


def simulate_next(now: Callable[[], datetime]) -> bool:
    """Work off the oldest trial that waits; False when none does. 3 statements beside the transaction's.

    Nothing is held while it computes. A trial that died with its worker is begun again after LOST_AFTER minutes.
    """
    started = now()
    states = Simulation.State
    with transaction.atomic():
        lost = Q(state=states.RUNNING, started_at__lt=add_minutes(started, -LOST_AFTER))
        waiting = Simulation.objects.select_for_update(skip_locked=True).filter(
            Q(state=states.WAITING) | lost
        )
        one = waiting.order_by("id").first()
        if one is None:
            return False
        one.state, one.started_at = states.RUNNING, started
        one.save(update_fields=["state", "started_at"])
    try:
        one.result, one.state = simulated(Inputs.of(one.inputs), one.seed), states.DONE
    except Refused as refusal:
        one.problem, one.state = f"{refusal.what} {refusal.do}".strip(), states.FAILED
    except Exception:  # the queue must outlive any one trial
        _log.exception("simulation %s failed", one.pk)
        one.problem, one.state = "Máy chủ gặp lỗi khi mô phỏng. Báo quản trị viên.", states.FAILED
    one.ended_at = now()
    one.save(update_fields=["result", "state", "problem", "ended_at"])
    return True

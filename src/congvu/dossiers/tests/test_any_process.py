"""Any verbs on any process, through the actions and the database: the rows always say where the token game stands.

Hypothesis makes a process out of blocks (sequences, agencies at once, choices, rework) and presses verbs at random, legal or
not. Beside the dossier runs the pure game (`procedures.rules.process.run`); the two must agree after every act.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, DossierPause, DossierStep, StepState
from congvu.dossiers.rules.status import PAUSED, Status, may_become
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.models import Unit
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import ProcessVersion
from congvu.procedures.rules.process import run
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.tests.process.make import sound_processes

MORNING = at("2026-11-02 07:30")
_STATES = {run.OPEN: StepState.OPEN, run.DONE: StepState.DONE, run.SUPERSEDED: StepState.SET_ASIDE}
_HERE = Agency("RECEIVER")


def whole(middle: Process, police: Unit) -> Process:
    """The process between a reception and a giving back; its fixed agency is there."""
    real = replace(Agency("FIXED", police.pk), text="Công an tỉnh")
    steps = [
        replace(step, term_n=None, agency=real if step.agency.kind == "FIXED" else step.agency)
        for step in middle.steps
    ]  # without own terms, for lint compares them with the procedure's
    last = next(place for place, step in enumerate(steps) if not step.branches)
    steps[last] = replace(steps[last], branches=(Branch(("tra",)),))
    receive = Step("nhan", "Tiếp nhận", _HERE, "RECEIVE", branches=(Branch((middle.steps[0].key,)),))
    return Process((receive, *steps, Step("tra", "Trả kết quả", _HERE, "RETURN")))


class AnyProcess(RuleBasedStateMachine):
    """One dossier and the game beside it."""

    place: Place  # shared: made once for all runs

    @initialize(middle=sound_processes(depth=2))
    def receive(self, middle: Process) -> None:
        self.held = transaction.atomic()
        self.held.__enter__()
        self.graph = whole(middle, self.place.police)
        procedure = self.place.version.procedure
        ProcessVersion.objects.filter(procedure=procedure, valid_to=None).update(valid_to=MORNING.date())
        draft_graph(procedure.pk, self.graph, by=SYSTEM, at=MORNING)
        published = publish_process(procedure.pk, MORNING.date(), by=SYSTEM, at=MORNING)
        self.dossier = self.place.received("2026-11-02 08:00").id
        assert Dossier.objects.get(pk=self.dossier).process_id == published.pk
        self.state, self.status, self.acts = run.start(self.graph).state, Status.RECEIVED, 1
        self.ended_early = False

    def teardown(self) -> None:
        if hasattr(self, "held"):
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    def _press(self, verb: Callable[..., Outcome], *words: Any, legal: bool, **more: Any) -> None:
        """Press a verb: done exactly when it is legal; a refusal says why and changes nothing."""
        before = self._rows()
        outcome = verb([self.dossier], *words, by=SYSTEM, at=self._now(), **more)
        if legal:
            outcome.only()
            self.acts += 1
        else:
            assert not outcome.done and outcome.refused[0].refusal.what
            assert self._rows() == before, "a refused verb changed something"

    def _now(self) -> Any:
        return at(f"2026-11-{2 + self.acts // 20:02} {8 + self.acts % 20 // 3:02}:{self.acts % 3 * 20:02}")

    def _complete(self, data: st.DataObject, verb: Callable[..., Outcome], *, last: bool) -> None:
        possible = run.enabled(self.state)
        if not possible:
            self._press(verb, legal=False)
            return
        one = data.draw(st.sampled_from(possible))
        step = self.graph.by_key[one.key]
        branch = data.draw(st.sampled_from(run.branches_open(self.graph, self.state, one.key) or (None,)))
        move = run.take(self.graph, self.state, one.key, branch)
        ends = all(self.graph.by_key[left.key].role == "RETURN" for left in run.enabled(move.state))
        facts = {c.fact: "khác" for other in step.branches for c in other.when}
        facts |= {c.fact: c.value for c in step.branches[branch].when} if branch is not None else {}
        handling = self.status == Status.HANDLING
        if last:
            legal = handling and ends and len(possible) == 1
            self._press(verb, facts=facts, legal=legal)
        else:
            legal = handling and not ends
            self._press(verb, facts=facts, position=self.graph.position[one.key], legal=legal)
        if legal:
            self.state = move.state
            self.status = Status.FINISHED if last else self.status

    @rule()
    def hand_over(self) -> None:
        legal = self.status == Status.RECEIVED
        self._press(hand_over, legal=legal)
        if legal:
            self.state = run.take(self.graph, self.state, "nhan", 0).state
            self.status = Status.HANDLING

    @rule(data=st.data())
    def complete(self, data: st.DataObject) -> None:
        self._complete(data, complete_step, last=False)

    @rule(data=st.data())
    def complete_more(self, data: st.DataObject) -> None:
        """Twice as often as anything else, so that dossiers come far."""
        self._complete(data, complete_step, last=False)

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        self._complete(data, finish, last=True)

    @rule()
    def complete_what_is_not_open(self) -> None:
        closed = [key for key in self.graph.by_key if key not in {o.key for o in run.enabled(self.state)}]
        for key in closed[:1]:
            self._press(complete_step, position=self.graph.position[key], legal=False)

    @rule()
    def act_on_an_old_page(self) -> None:
        version = Dossier.objects.values_list("version", flat=True).get(pk=self.dossier)
        self._press(stop, "Có đơn", seen={self.dossier: version - 1}, legal=False)

    @rule()
    def supplement(self) -> None:
        self._turn(request_supplement, "Thiếu đơn", Status.SUPPLEMENT, second_reason="Luật mới")

    @rule()
    def wait_for_payment(self) -> None:
        if self.status != Status.FINISHED:  # a finished dossier that waits is handled anew: another story
            self._turn(request_payment, "Thuế đất", Status.PAYMENT)

    @rule()
    def stop(self) -> None:
        self._turn(stop, "Có đơn", Status.STOPPED)

    @rule()
    def resume(self) -> None:
        self._turn(resume, "", Status.HANDLING, only_from=PAUSED)

    @rule(sure=st.integers(0, 9))
    def withdraw(self, sure: int) -> None:
        if sure == 0:
            self._turn(withdraw, "Đơn xin rút", Status.WITHDRAWN)

    @rule()
    def give_back(self) -> None:
        if self.status != Status.STOPPED:
            self._turn(return_result, "", Status.RETURNED)

    def _turn(
        self,
        verb: Callable[..., Outcome],
        words: str,
        status: Status,
        only_from: Collection[Status] = tuple(Status),
        **more: Any,
    ) -> None:
        legal = may_become(self.status, status) and self.status in only_from
        self._press(verb, words, legal=legal, **more)
        if not legal:
            return
        self.status = status
        if status in (Status.WITHDRAWN, Status.RETURNED):
            self.ended_early = status == Status.WITHDRAWN
            left = {one.key: one for one in run.enabled(self.state)}
            if status == Status.RETURNED:
                for key in left:
                    self.state = run.take(self.graph, self.state, key, None).state

    def _rows(self) -> tuple[Any, ...]:
        one = {"dossier": self.dossier}
        return (
            list(Dossier.objects.filter(pk=self.dossier).values_list()),
            list(DossierStep.objects.filter(**one).order_by("id").values_list()),
            list(DossierPause.objects.filter(**one).values_list()),
            DossierEvent.objects.filter(**one).count(),
            AuditEntry.objects.filter(object_kind="dossier", object_id=self.dossier).count(),
        )

    @invariant()
    def the_rows_say_where_the_game_stands(self) -> None:
        if not hasattr(self, "dossier"):
            return
        rows = DossierStep.objects.filter(dossier=self.dossier).values_list(
            "position", "round", "state", "branch"
        )
        expected = set()
        for one in self.state.instances:
            state = _STATES[one.state]
            if state == StepState.OPEN and self.ended_early:
                state = StepState.CANCELLED
            expected.add((self.graph.position[one.key], one.round, state, one.branch))
        assert set(rows) == expected
        assert not run.stuck(self.graph, self.state)

    @invariant()
    def the_columns_equal_the_replayed_transitions(self) -> None:
        if not hasattr(self, "dossier"):
            return
        dossier = Dossier.objects.get(pk=self.dossier)
        events = list(
            DossierEvent.objects.filter(dossier=dossier)
            .order_by("id")
            .values_list("status_from", "status_to")
        )
        assert [before for before, _ in events] == [None, *(after for _, after in events[:-1])]
        assert all(a == b or may_become(Status(a), Status(b)) for a, b in events[1:])
        assert (dossier.status, events[-1][1]) == (self.status, self.status)
        audited = AuditEntry.objects.filter(object_kind="dossier", object_id=dossier.pk).count()
        assert len(events) == audited == dossier.version + (0 if dossier.version else 1) == self.acts
        pauses = DossierPause.objects.filter(dossier=dossier, ended_at=None).count()
        assert pauses == (1 if self.status in PAUSED else 0)


@pytest.mark.django_db
def test_any_verbs_on_any_process_leave_no_undefined_state() -> None:
    forget()
    AnyProcess.place = a_place()
    run_state_machine_as_test(
        AnyProcess,
        settings=settings(
            phases=[__import__("hypothesis").Phase.generate],
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    forget()

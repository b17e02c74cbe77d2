"""The road of a sheet, searched: whatever is pressed in whatever order, no sheet is published past its council, and only the
column of its step is ever written."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from congvu.foundation.refusal import Refused
from congvu.indices.rules.rounds import (
    APPRAISAL,
    COUNCIL,
    EXPLAIN,
    PUBLISHED,
    SECOND,
    SELF,
    WAYS,
    column_of,
    moved,
    ways_from,
)

VERBS = [one.verb for one in WAYS]


class Road(RuleBasedStateMachine):
    """`passed`: the steps since the last time the sheet lay with its unit for the self-score."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.passed = SELF, [SELF]

    @rule(verb=st.sampled_from(VERBS))
    def press(self, verb: str) -> None:
        allowed = {way.verb: way.to for way in ways_from(self.state)}
        try:
            to = moved(self.state, verb)
        except Refused:
            assert verb not in allowed
            return
        assert allowed[verb] == to
        self.state = to
        self.passed = [SELF] if to == SELF else [*self.passed, to]

    @rule()
    def publish(self) -> None:
        if self.state == COUNCIL:
            self.state = PUBLISHED

    @invariant()
    def the_council_comes_last(self) -> None:
        if self.state in (COUNCIL, PUBLISHED):
            firsts = [self.passed.index(step) for step in (SELF, APPRAISAL, EXPLAIN, SECOND, COUNCIL)]
            assert firsts == sorted(firsts)

    @invariant()
    def one_column_is_open(self) -> None:
        assert column_of(self.state) == ("" if self.state == PUBLISHED else self.state)
        assert bool(ways_from(self.state)) == (self.state != PUBLISHED)


TestRoad = Road.TestCase
TestRoad.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)

"""Processes for tests: short ways to write one, and strategies for any."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.rules.words import AgencyKind, Join, StepRole

OK = Condition("ket_luan", "=", "đạt")
LABELS = st.sampled_from(
    [(), (("lai", "Có làm lại không"),), (("nhanh", "Nhánh: một, hai"), ("so_tien", "Số tiền"))]
)
AGENCIES = (
    Agency(AgencyKind.RECEIVER.value),
    Agency(AgencyKind.COMPETENT.value),
    Agency(AgencyKind.FIXED.value, 3, "H99.24", "Công an tỉnh"),
    Agency(AgencyKind.FIXED.value, None, "", "Sở Tài chính"),
    Agency(AgencyKind.CHOSEN.value),
)


def a_step(key: str, *to: str, **more: object) -> Step:
    """A step that leads to all of `to` at once; `branches` instead says otherwise."""
    plain = {"name": f"Việc {key}", "branches": (Branch(to),) if to else (), "term_n": Decimal(1)}
    return Step(key, **{**plain, **more})  # type: ignore[arg-type]


def a_return(key: str, **more: object) -> Step:
    return a_step(key, **{"role": StepRole.RETURN.value, "agency": AGENCIES[0], **more})


def rework(rounds: int | None = 3) -> Process:
    """Receive → handle → sign; the signer may send it back to the handler."""
    back = Branch(("b",), (Condition("ket_luan", "=", "trả lại"),), back=True, max_rounds=rounds)
    return Process(
        (a_step("a", "b"), a_step("b", "c"), a_step("c", branches=(back, Branch(("d",)))), a_return("d"))
    )


def parallel(join: str = Join.ALL.value) -> Process:
    """a → b and c at once → d."""
    return Process((a_step("a", "b", "c"), a_step("b", "d"), a_step("c", "d"), a_return("d", join=join)))


def choice(join: str) -> Process:
    """a → b or c → d."""
    branches = (Branch(("b",), (OK,)), Branch(("c",)))
    return Process(
        (a_step("a", branches=branches), a_step("b", "d"), a_step("c", "d"), a_return("d", join=join))
    )


class _Building:
    """Blocks put together: each has one entry and one exit, so the whole is sound by construction."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.steps = draw, {}  # type: ignore[var-annotated]

    def step(self, join: str = Join.ALL.value) -> str:
        draw, key = self.draw, f"s{len(self.steps) + 1}"
        self.steps[key] = Step(
            key,
            f"Việc {key}",
            agency=draw(st.sampled_from(AGENCIES[:4])),
            role=draw(st.sampled_from([StepRole.LEAD.value, StepRole.COOPERATE.value, StepRole.SIGN.value])),
            term_n=draw(st.sampled_from([None, Decimal("0.5"), Decimal(2)])),
            join=join,
            labels=draw(LABELS),
        )
        return key

    def link(self, key: str, *branches: Branch) -> None:
        self.steps[key] = replace(self.steps[key], branches=branches)

    def block(self, depth: int) -> tuple[str, str]:
        kind = self.draw(
            st.sampled_from(["task"] if depth == 0 else ["task", "row", "split", "choice", "loop"])
        )
        if kind == "task":
            one = self.step()
            return one, one
        if kind == "row":
            first, second = self.block(depth - 1), self.block(depth - 1)
            self.link(first[1], Branch((second[0],)))
            return first[0], second[1]
        if kind == "loop":
            inner = self.block(depth - 1)
            last = self.step()
            self.link(inner[1], Branch((last,)))
            after = self.step()
            rounds = self.draw(st.integers(1, 2))
            again = Branch((inner[0],), (Condition("lai", "=", "có"),), back=True, max_rounds=rounds)
            self.link(last, again, Branch((after,)))
            return inner[0], after
        begin = self.step()
        ways = [self.block(depth - 1) for _ in range(self.draw(st.integers(2, 3)))]
        end = self.step(Join.ALL.value if kind == "split" else Join.ANY.value)
        if kind == "split":
            self.link(begin, Branch(tuple(way[0] for way in ways)))
        else:
            conditions = [(Condition("nhanh", "=", str(at)),) for at in range(len(ways) - 1)]
            self.link(begin, *(Branch((w[0],), c) for w, c in zip(ways, [*conditions, ()], strict=True)))
        for way in ways:
            self.link(way[1], Branch((end,)))
        return begin, end


@st.composite
def sound_processes(draw: st.DrawFn, depth: int = 2) -> Process:
    """Any process made of sequences, parallel blocks, choices and loops."""
    building = _Building(draw)
    first, last = building.block(draw(st.integers(0, depth)))
    end = building.step()
    building.link(last, Branch((end,)))
    rest = [step for key, step in building.steps.items() if key != first]
    return Process((building.steps[first], *rest))


@st.composite
def wild_processes(draw: st.DrawFn) -> Process:
    """Any forward graph with choices, parallel ways and loops back wherever: joins may hang or never open."""
    count = draw(st.integers(2, 7))
    keys = [f"s{n}" for n in range(1, count + 1)]
    steps = []
    for at, key in enumerate(keys):
        later = keys[at + 1 :]
        onward = (
            st.lists(st.sampled_from(later), unique=True, min_size=1, max_size=3) if later else st.just([])
        )
        branches = [Branch(tuple(sorted(draw(onward))))] if later else []
        if later and draw(st.integers(0, 3)) == 0:
            branches.insert(0, Branch(tuple(sorted(draw(onward))), (Condition("nhanh", "=", "1"),)))
        if later and at and draw(st.integers(0, 3)) == 0:
            back = Branch(
                (draw(st.sampled_from(keys[:at])),),
                (Condition("nhanh", "=", "2"),),
                back=True,
                max_rounds=draw(st.integers(1, 2)),
            )
            branches.insert(0, back)
        join = draw(st.sampled_from([Join.ALL.value, Join.ANY.value]))
        steps.append(Step(key, f"Việc {key}", branches=tuple(branches), join=join, term_n=Decimal(1)))
    return Process(tuple(steps))


@st.composite
def any_processes(draw: st.DrawFn) -> Process:
    """Any graph at all, backwards and nowhere included: most are wrong in some way."""
    names = st.sampled_from(["s1", "s2", "s3", "s4", "khong-co"])
    whens = st.lists(st.sampled_from([OK, Condition(""), Condition("x", "<", "3")]), max_size=2).map(tuple)
    branch = st.builds(
        Branch,
        targets=st.lists(names, max_size=3).map(tuple),
        when=whens,
        back=st.booleans(),
        max_rounds=st.sampled_from([None, 0, 1]),
    )
    step = st.builds(
        Step,
        key=st.sampled_from(["s1", "s2", "s3", "s4"]),
        name=st.sampled_from(["", "Việc"]),
        agency=st.sampled_from([*AGENCIES, Agency(AgencyKind.FIXED.value)]),
        branches=st.lists(branch, max_size=3).map(tuple),
        join=st.sampled_from([Join.ALL.value, Join.ANY.value]),
        term_n=st.sampled_from([None, Decimal(3)]),
        kind=st.sampled_from(["TASK", "SUB_DOSSIER"]),
    )
    steps = draw(st.lists(step, max_size=6).map(tuple))
    starts = draw(st.lists(names, max_size=2).map(tuple))
    return Process(steps, starts)

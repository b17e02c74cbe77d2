"""Through the gateways of a diagram: where each task leads, along which conditions, and what each task waits for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from congvu.foundation.text import composed, fold
from congvu.procedures.rules.bpmn.raw import Raw, RawFlow, RawNode
from congvu.procedures.rules.process.conditions import OPERATORS, Condition, is_fact

MOST_WAYS = 64
_EXPRESSION = re.compile(
    r"[$#]?\{?\s*=?\s*([A-Za-z_]\w*)\s*(==|!=|<=|>=|=|≠|≤|≥|<|>)\s*(\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?|true|false)\s*\}?"
)
_SPELT = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_THROUGH = frozenset(("intermediateCatchEvent", "intermediateThrowEvent"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A task a way comes to; `back` and `most` as our extension marks rework."""

    task: str
    back: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One alternative out of a task: all of `when` must hold; it opens all of `hits`, or ends without any."""

    when: tuple[Condition, ...] = ()
    hits: tuple[Hit, ...] = ()


class Ways:
    """The tasks of a diagram and how they follow. `tasks`: ids that become steps."""

    def __init__(self, raw: Raw, tasks: frozenset[str]) -> None:
        self.raw, self.tasks = raw, tasks
        self.out: dict[str, list[RawFlow]] = {node: [] for node in raw.nodes}
        self.into: dict[str, list[RawFlow]] = {node: [] for node in raw.nodes}
        for flow in raw.flows:
            self.out[flow.source].append(flow)
            self.into[flow.target].append(flow)

    def after(self, node_id: str) -> list[Way]:
        """The alternatives after a task or a start event, in the order to try them."""
        node = self.raw.nodes[node_id]
        flows, conditional = self.out[node_id], [f for f in self.out[node_id] if f.expression is not None]
        if not conditional or node_id not in self.tasks:
            return self._together(flows, (node_id,))
        others = [flow for flow in flows if flow.expression is None and flow.id != node.default]
        default = [flow for flow in flows if flow.id == node.default]
        if len(conditional) > 1:
            for flow in conditional:
                self.raw.no(
                    flow,
                    "Nhiều luồng có điều kiện ra thẳng từ một việc (có thể cùng đúng): không nối, hãy rẽ bằng cổng.",
                )
            return self._together([*others, *default], (node_id,))
        chosen = self._conditions(conditional[0], node)
        taken = [replace(way, when=(*chosen, *way.when)) for way in self._one(conditional[0], (node_id,))]
        choice = [*taken, *(self._together(default, (node_id,)) if default else [Way()])]
        return self._product(choice, self._together(others, (node_id,)))

    def _together(self, flows: Iterable[RawFlow], trail: tuple[str, ...]) -> list[Way]:
        """All flows at once: each alternative of one with each of the others."""
        made = [Way()]
        for flow in flows:
            made = self._product(made, self._one(flow, trail))
        return made

    def _product(self, first: list[Way], second: list[Way]) -> list[Way]:
        made = [
            Way((*a.when, *b.when), tuple(dict.fromkeys((*a.hits, *b.hits)))) for a in first for b in second
        ]
        if len(made) > MOST_WAYS:
            self.raw.no(
                RawNode("", "process", ""),
                f"Hơn {MOST_WAYS} cách đi từ một việc: chỉ giữ {MOST_WAYS} cách đầu.",
            )
        return made[:MOST_WAYS]

    def _one(self, flow: RawFlow, trail: tuple[str, ...]) -> list[Way]:
        node = self.raw.nodes[flow.target]
        marked = flow.branch or {}
        if node.id in self.tasks:
            ways = [Way((), (Hit(node.id),))]
        elif node.element == "endEvent":
            ways = [Way()]
        elif node.id in trail:
            self.raw.no(node, "Vòng lặp chỉ gồm các cổng, không có việc nào: đường này không nối.")
            ways = [Way()]
        elif node.element == "exclusiveGateway":
            ways = self._choice(node, (*trail, node.id))
        elif node.element == "parallelGateway" or node.element in _THROUGH:
            ways = self._together(self.out[node.id], (*trail, node.id))
        else:
            self.raw.no(
                node, "Không nhập được ý nghĩa; các việc phía sau chưa có bước nào dẫn tới: hãy nối bằng tay."
            )
            ways = [Way()]
        if marked.get("back") == "true":
            rounds = marked.get("maxRounds", "")
            most = int(rounds) if rounds.isascii() and rounds.isdigit() and len(rounds) < 4 else None
            ways = [replace(way, hits=tuple(Hit(hit.task, True, most) for hit in way.hits)) for way in ways]
        return ways

    def _choice(self, node: RawNode, trail: tuple[str, ...]) -> list[Way]:
        flows = self.out[node.id]
        if len(flows) == 1 and not flows[0].conditions and flows[0].expression is None:
            return self._one(flows[0], trail)
        made: list[Way] = []
        for flow in sorted(flows, key=lambda one: one.id == node.default):
            chosen = () if flow.id == node.default else self._conditions(flow, node)
            made += [replace(way, when=(*chosen, *way.when)) for way in self._one(flow, trail)]
        return made[:MOST_WAYS]

    def _conditions(self, flow: RawFlow, node: RawNode) -> tuple[Condition, ...]:
        """What the flow asks for: our extension, an expression, or its name as the answer to the gateway's question."""
        if flow.branch is not None:
            return tuple(
                Condition(fact, operator, value)
                for fact, operator, value in flow.conditions
                if operator in OPERATORS and (is_fact(fact) or not fact)
            )
        found = _EXPRESSION.fullmatch(flow.expression or "")
        fact = found[1].lower() if found is not None else ""
        if found is not None and is_fact(fact):
            return (Condition(fact, _SPELT.get(found[2], found[2]), composed(found[3].strip("\"'"))),)
        if flow.expression:
            self.raw.no(flow, f"Không đọc được biểu thức «{flow.expression[:80]}»: điều kiện để trống (?).")
        elif flow.name:
            return (Condition(question(node), "=", flow.name[:100]),)
        else:
            self.raw.no(flow, "Nhánh không ghi điều kiện: để trống (?), hãy ghi trước khi công bố.")
        return (Condition(""),)


def question(node: RawNode) -> str:
    """The fact a gateway asks for, out of its name: "Hồ sơ hợp lệ?" is `ho_so_hop_le`; "nhanh" without a name."""
    slug = fold(node.name).replace(" ", "_")[:40].strip("_")
    return slug if is_fact(slug) else "nhanh"

"""`congvu org`: the units of a day; `congvu org lineage CODE`: where a unit came from and what became of it."""

import argparse
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import day_if_given
from congvu.config.cli.output import OK, BadInput, print_json

if TYPE_CHECKING:
    from congvu.organisation.queries.units import Told
    from congvu.organisation.rules.picture import Picture

TREE, LINEAGE = "tree", "lineage"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "org",
        description="Cây tổ chức tại một ngày. `congvu org lineage MÃ`: đơn vị ấy từ đâu mà có, nay là đơn vị nào.",
        epilog="Đơn vị đã giải thể không có nơi nhận thì không có đơn vị kế tục: không đoán.",
    )
    parser.add_argument("what", nargs="?", default=TREE, metavar="lineage", help="phả hệ của một đơn vị")
    parser.add_argument("code", nargs="?", metavar="MÃ", help="mã đơn vị, ví dụ H99.01")
    parser.add_argument("--at", dest="on", metavar="NGÀY", help="tại ngày (mặc định: hôm nay)")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    if args.what not in (TREE, LINEAGE):
        raise BadInput(
            f"Không rõ «{args.what}».", where="org", do="Ghi `congvu org` hoặc `congvu org lineage MÃ`."
        )
    if (args.what == LINEAGE) != bool(args.code):
        raise BadInput("Thiếu mã đơn vị.", where="lineage", do="Ghi như `congvu org lineage H99.01`.")
    on = day_if_given(args.on, "--at")
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.organisation.queries.units import picture

    known, on = picture(), on or clock.today()
    told = lineage(known, args.code, on) if args.what == LINEAGE else tree(known, on)
    if args.json:
        print_json(told)
    elif args.what == LINEAGE:
        _print_lineage(told)
    else:
        _print_tree(told)
    return OK


def tree(known: "Picture", on: date) -> dict[str, Any]:
    """The units of a day, parents first. `below` counts the units under one, at any depth."""
    nodes = known.tree(on)
    codes = {node.unit_id: node.code for node in nodes}
    return {
        "at": on,
        "units": len(nodes),
        "tiers": dict(Counter(node.tier for node in nodes)),
        "kinds": dict(Counter(node.kind for node in nodes)),
        "tree": [
            {
                "code": node.code, "name": node.name, "tier": node.tier, "kind": node.kind,
                "parent": codes.get(node.parent_id) if node.parent_id else None, "depth": node.depth,
                "below": node.below, "since": node.since, "until": node.until,
            }
            for node in nodes
        ],
    }  # fmt: skip


def lineage(known: "Picture", code: str, on: date) -> dict[str, Any]:
    """A unit's versions and events, the units it came from, and those that stand for it on a day with their shares
    (null where a decision on the way did not say). 5 statements."""
    from congvu.organisation.queries.units import history, unit_by_code
    from congvu.organisation.rules.succession import successors

    unit = unit_by_code(code)
    codes = {unit_id: known.of(unit_id)[0].code for unit_id in known.unit_ids}
    past = history(unit.id)

    def named(unit_id: int, day: date) -> dict[str, Any]:
        return {"code": codes[unit_id], "name": known.name(unit_id, day)}

    return {
        "at": on,
        **named(unit.id, on),
        "exists": known.at(unit.id, on) is not None,
        "versions": [
            {"name": span.name, "parent": codes.get(span.parent_id) if span.parent_id else None, "tier": span.tier,
             "from": span.valid_from, "to": span.valid_to}
            for span in known.of(unit.id)
        ],
        "predecessors": [
            {**named(flow.from_id, flow.effective), "on": flow.effective, "share": _share(flow.share), "whole": flow.whole}
            for flow in known.flows if flow.to_id == unit.id
        ],
        "successors": [
            {**named(one.unit_id, on), "share": _share(one.share)} for one in successors(known, unit.id, on)
        ],
        "events": [_event(one, codes) for one in reversed(past.events) if one.superseded_at is None],
    }  # fmt: skip


def _event(one: "Told", codes: dict[int, str]) -> dict[str, Any]:
    return {
        "kind": one.kind, "name": one.kind_name, "on": one.effective, "decision": one.decision_number,
        "decided_on": one.decision_date, "decided_by": one.decided_by,
        "from": [codes[unit] for unit, _ in one.sources], "to": [codes[unit] for unit, _ in one.targets],
    }  # fmt: skip


def _share(share: Fraction | None) -> str | None:
    """Exact, as decisions write it: "1", "2/3"."""
    return None if share is None else str(share)


def _print_tree(told: dict[str, Any]) -> None:
    print(f"Tổ chức tại ngày {told['at']:%d/%m/%Y}: {told['units']} đơn vị.\n")
    for node in told["tree"]:
        under = f" ({node['below']} đơn vị bên dưới)" if node["below"] else ""
        print(f"{'  ' * node['depth']}{node['code']}  {node['name']}{under}")


def _print_lineage(told: dict[str, Any]) -> None:
    state = "" if told["exists"] else " (không còn)"
    print(f"{told['code']}  {told['name']}{state}")
    for one in told["versions"]:
        until = f"đến {one['to']:%d/%m/%Y}" if one["to"] else "đến nay"
        print(f"  {one['from']:%d/%m/%Y} {until}: {one['name']}")
    for one in told["events"]:
        print(f"  {one['on']:%d/%m/%Y} {one['name']}: {', '.join(one['from']) or '–'} → {', '.join(one['to']) or '–'}"
              f"  {one['decision']}")  # fmt: skip
    print(f"Tại ngày {told['at']:%d/%m/%Y}:")
    for one in told["successors"]:
        share = "chưa rõ phần" if one["share"] is None else "toàn bộ" if one["share"] == "1" else one["share"]
        print(f"  {one['code']}  {one['name']}: {share}")
    if not told["successors"]:
        print("  không có đơn vị kế tục.")

"""`congvu facts keep | verify | forget`: the facts behind figures in bulk, kept, checked, thrown away to be made anew."""

import argparse
from typing import TYPE_CHECKING, Any

from congvu.config.cli.output import OK, PROBLEM, print_json

if TYPE_CHECKING:
    from congvu.indicators.queries.engines.files import Manifest

VERBS = {
    "keep": "đưa bảng dữ kiện của số liệu đến mới nhất (việc nền vẫn làm, cứ hai mươi giây một lần)",
    "verify": "tính lại một phần ngẫu nhiên từ hồ sơ gốc, báo chỗ lệch",
    "export": "ghi bảng dữ kiện ra tệp Parquet trong thư mục làm việc, cho DuckDB và Spark",
    "forget": "bỏ hết để tính lại từ đầu (không mất gì: mọi dòng tính từ hồ sơ)",
}
SHOWN = 20


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "facts",
        description="Bảng dữ kiện: mỗi dòng một khoảng ngày hồ sơ giữ nguyên trạng thái; số liệu hàng loạt đếm trên đó.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VIỆC", required=True)
    for name, words in VERBS.items():
        one = verbs.add_parser(name, help=words)
        if name == "verify":
            one.add_argument("--count", type=int, default=1000, metavar="N", help="số hồ sơ tính lại")
            one.add_argument(
                "--seed", type=int, default=None, metavar="N", help="lặp lại đúng phần đã chọn lần trước"
            )
        one.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """Exit 0 when done and no drift, 1 when the records say otherwise than the facts."""
    from congvu.config.cli.ready import django_ready

    django_ready()
    told = {"keep": _keep, "verify": _verify, "export": _export, "forget": _forget}[args.verb](args)
    if args.json:
        print_json(told)
    else:
        for line in _lines(args.verb, told):
            print(line)
    return PROBLEM if told.get("drift") or not told.get("file_sound", True) else OK


def _keep(args: argparse.Namespace) -> dict[str, Any]:
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.actions.keep_facts import keep_facts

    done = keep_facts(by=SYSTEM, at=clock.now())
    return {"dossiers": done.dossiers, "facts": done.facts, "shares": done.shares, **_state()}


def _verify(args: argparse.Namespace) -> dict[str, Any]:
    from congvu.indicators.queries.engines.files import manifest, sound
    from congvu.indicators.queries.facts import verify_facts

    file = manifest()
    found = verify_facts(count=max(1, args.count), seed=args.seed)
    return {
        "checked": found.dossiers, "file_sound": file is None or sound(file),
        "touched_since": found.waiting, "drift": len(found.drift),
        "dossiers": [one.dossier_id for one in found.drift[:SHOWN]], **_state(),
    }  # fmt: skip


def _export(args: argparse.Namespace) -> dict[str, Any]:
    file = exported_now()
    return {"file": str(file.path), "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256, **_state()}


def exported_now() -> "Manifest":
    """The file with all that is known now: kept up, then exported when anything changed."""
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.actions.export_facts import export_facts
    from congvu.indicators.actions.keep_facts import keep_facts

    at = clock.now()
    keep_facts(by=SYSTEM, at=at)
    return export_facts(by=SYSTEM, at=at)


def _forget(args: argparse.Namespace) -> dict[str, Any]:
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.actions.keep_facts import forget_facts

    forget_facts(by=SYSTEM, at=clock.now())
    return _state()


def _state() -> dict[str, Any]:
    from congvu.indicators.queries.facts import facts_state

    state = facts_state()
    return {
        "done": state.done,
        "waiting": state.waiting,
        "filled": state.filled,
        "whole": state.whole,
        "kept_at": state.kept_at,
    }


def _lines(verb: str, told: dict[str, Any]) -> list[str]:
    behind = "đủ đến mới nhất" if told["whole"] else f"còn {told['waiting']} sự kiện chưa đưa vào"
    match verb:
        case "keep":
            return [f"Đã đưa vào {told['dossiers']} hồ sơ, {told['facts']} dòng; {behind}."]
        case "export":
            return [f"Đã ghi {told['rows']} dòng ({told['bytes']} byte) vào {told['file']}; {behind}."]
        case "forget":
            return ["Đã bỏ hết; lần cập nhật tới tính lại từ đầu."]
    lines = [f"Đã tính lại {told['checked']} hồ sơ, {told['drift']} hồ sơ lệch; {behind}."]
    if not told["file_sound"]:
        lines.append("Tệp dữ kiện không khớp mã kiểm tra: chạy ./congvu facts export sau khi xóa tệp.")
    if told["drift"]:
        lines += [
            f"  hồ sơ số {', '.join(map(str, told['dossiers']))}",
            "Chạy ./congvu facts forget, rồi ./congvu facts keep.",
        ]
    return lines

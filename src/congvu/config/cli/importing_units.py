"""`congvu import units FILE…`: the official lists of localities, and what became of old communes."""

import argparse
from pathlib import Path
from typing import Any

from congvu.config.cli.given import at_fault, content_of
from congvu.config.cli.output import OK, PROBLEM, note, print_json

HELP = "danh mục địa bàn (JSON 2 cấp, 3 cấp), bảng xã cũ sang xã mới (CSV), ghi chú sáp nhập (JSON)"
_KINDS = {
    "two_tiers": "danh mục 2 cấp từ 01/7/2025",
    "three_tiers": "danh mục 3 cấp đến 30/6/2025",
    "old_to_new": "bảng xã cũ sang xã mới",
    "merge_notes": "ghi chú sáp nhập của xã mới",
}

_SHOWN = 20
_ADDED = ("read", "stored", "unchanged", "provinces", "districts", "communes", "divided")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="TỆP", help="tệp JSON hoặc CSV; loại được nhận ra theo nội dung"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: every line taken; 1: some lines rejected (listed with reasons); 2: a file that cannot be taken at all."""
    contents = [(path.name, content_of(path)) for path in map(Path, args.files)]
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.organisation.actions.load_localities import load_localities

    files: list[dict[str, Any]] = []
    with at_fault():
        for name, content in contents:
            done = load_localities(name, content, by=SYSTEM, at=clock.now())
            files.append({field: getattr(done, field) for field in type(done).__dataclass_fields__})
    if args.json:
        print_json(_document([_listed(one) for one in files]))
    else:
        for one in files:
            note(_words(one))
    return PROBLEM if any(one["rejected"] for one in files) else OK


def _document(files: list[dict[str, Any]]) -> dict[str, Any]:
    """One file as it is; several added up, each under `files`."""
    if len(files) == 1:
        return files[0]
    added = {name: sum(one[name] for one in files) for name in _ADDED}
    joined = {name: [line for one in files for line in one[name]] for name in ("doubts", "rejected")}
    return {**added, **joined, "files": files}


def _listed(one: dict[str, Any]) -> dict[str, Any]:
    pairs = {
        name: [{"where": where, "why": why} for where, why in one[name]] for name in ("doubts", "rejected")
    }
    return {**one, **pairs}


def _words(one: dict[str, Any]) -> str:
    lines = [
        f"{one['file']}: {_KINDS[one['kind']]}; đọc {one['read']} dòng, ghi mới {one['stored']}, "
        f"đã có {one['unchanged']}, không nhận {len(one['rejected'])}."
    ]
    if one["kind"] in ("old_to_new", "merge_notes"):
        lines.append(
            f"  {one['communes']} xã cũ, trong đó {one['divided']} xã bị chia: khi dùng sẽ hỏi, không đoán."
        )
    else:
        lines.append(f"  {one['provinces']} tỉnh, {one['districts']} huyện, {one['communes']} xã.")
    lines += [f"  Cần xem: {where}: {why}." for where, why in one["doubts"][:_SHOWN]]
    if len(one["doubts"]) > _SHOWN:
        lines.append(f"  … và {len(one['doubts']) - _SHOWN} điều cần xem khác; --json in đủ.")
    lines += [f"  Không nhận: {where}: {why}." for where, why in one["rejected"]]
    return "\n".join(lines)

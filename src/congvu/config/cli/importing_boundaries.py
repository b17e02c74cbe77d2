"""`congvu import boundaries FILE`: outlines of communes out of a GeoJSON file, for the communes of a day."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import at_fault, content_of, day_if_given
from congvu.config.cli.output import OK, PROBLEM, note, note_first, print_json

if TYPE_CHECKING:
    from congvu.organisation.actions.import_boundaries import Drawn

HELP = "ranh giới xã, phường từ tệp GeoJSON (WGS 84)"
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="GeoJSON kiểu FeatureCollection, mỗi xã một đối tượng")
    parser.add_argument(
        "--property",
        default="",
        metavar="TÊN",
        help="thuộc tính giữ mã xã (mặc định: code, ma, ma_xa, wardCode…)",
    )
    parser.add_argument("--on", metavar="NGÀY", help="ranh giới của các xã vào ngày này (mặc định: hôm nay)")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: every feature taken; 1: some were not, each told with its reason; 2: a file that cannot be taken at all."""
    given = day_if_given(args.on, "--on")
    path = Path(args.file)
    content = content_of(path)
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.organisation.actions.import_boundaries import import_boundaries

    with at_fault({"file": str(path)}):
        done = import_boundaries(
            path.name,
            content,
            on=given or clock.today(),
            by=SYSTEM,
            at=clock.now(),
            property_name=args.property,
        )
    if args.json:
        print_json(document(path.name, done))
    else:
        _print(path.name, done)
    return PROBLEM if done.rejected else OK


def document(name: str, done: "Drawn") -> dict[str, Any]:
    return {
        "file": name,
        "read": done.read,
        "stored": done.stored,
        "unchanged": done.unchanged,
        "points": done.points,
        "rejected": [{"code": code, "why": why} for code, why in done.rejected],
        "missing": done.missing,
    }


def _print(name: str, done: "Drawn") -> None:
    note(f"{name}: {done.read} ranh giới, ghi {done.stored}, đã có {done.unchanged}, {done.points} điểm.")
    note_first([f"Không nhập {code}: {why}." for code, why in done.rejected], "đối tượng")
    if done.missing:
        note(f"Còn {len(done.missing)} xã chưa có ranh giới: {', '.join(done.missing[:_SHOWN])}")

"""`congvu doctor`: what is wrong with this installation, in words, and what to do about it."""

import argparse

from congvu.config.cli.output import OK, PROBLEM, print_json

SIGNS = {"ok": "✓", "warn": "!", "bad": "✗"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "doctor",
        description="Khám bản cài đặt. Mã thoát 1 khi có điều sai (✗); lời nhắc (!) không tính là sai.",
    )
    parser.add_argument(
        "--port", type=int, default=None, metavar="CỔNG", help="xem cả cổng này có trống không"
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.checkup import examine

    findings = examine(port=args.port)
    bad = [one for one in findings if one.state == "bad"]
    if args.json:
        rows = [{"check": one.check, "state": one.state, "what": one.what, "do": one.do} for one in findings]
        print_json({"ok": not bad, "findings": rows})
        return PROBLEM if bad else OK
    for one in findings:
        print(f"{SIGNS[one.state]} {one.what}")
        if one.do:
            print(f"    {one.do}")
    print("Có điều phải sửa." if bad else "Không thấy điều gì sai.")
    return PROBLEM if bad else OK

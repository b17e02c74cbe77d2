"""`congvu audit verify`: is the audit log whole?"""

import argparse

from congvu.config.cli.output import OK, PROBLEM, note, print_json


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("audit", description="Kiểm tra nhật ký kiểm toán.")
    verbs = parser.add_subparsers(dest="verb", metavar="VIỆC", required=True)
    for name, words in (
        ("verify", "kiểm tra toàn bộ chuỗi niêm phong"),
        ("seal", "niêm phong ngay các dòng mới"),
    ):
        one = verbs.add_parser(name, help=words)
        one.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """Exit 0 when the log is whole, 1 when it is not."""
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.audit.chain import seal, verify

    if args.verb == "seal":
        sealed = seal(at=clock.now())
        if args.json:
            print_json({"sealed": sealed})
        else:
            print(f"Đã niêm phong {sealed} dòng.")
        return OK
    verdict = verify()
    if args.json:
        print_json({
            "ok": not verdict.problems, "seals": verdict.seals, "rows": verdict.rows, "unsealed": verdict.unsealed,
            "head": verdict.head, "problems": list(verdict.problems),
        })  # fmt: skip
    else:
        print(
            f"{verdict.seals} niêm phong, {verdict.rows} dòng; {verdict.unsealed} dòng chưa niêm phong. Đầu chuỗi {verdict.head}."
        )
        for problem in verdict.problems:
            note(f"SAI: {problem}")
    return PROBLEM if verdict.problems else OK

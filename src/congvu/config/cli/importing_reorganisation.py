"""`congvu import reorganisation FILE`: communes put together by a resolution, out of a sheet. `--dry-run` writes nothing.

What the old units held then goes over, share by share, with progress on stderr; the same command run again goes on where
a run that died stopped.
"""

import argparse
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import at_fault, content_of, day_if_given
from congvu.config.cli.output import OK, PROBLEM, BadInput, note, note_first, print_json

if TYPE_CHECKING:
    from congvu.organisation.actions.reorganise import Reorganised
    from congvu.organisation.rules.lists import Listing
    from congvu.organisation.rules.reorganisation import Going, Plan

HELP = "sắp xếp đơn vị hành chính cấp xã theo bảng xã cũ sang xã mới (CSV hoặc XLSX)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="TỆP",
        help="bảng CSV hoặc XLSX: wardCode, ward, district, newWardCode, newWard, isDividedWard",
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ làm gì, không ghi")
    parser.add_argument("--effective", metavar="NGÀY", help="ngày có hiệu lực (mặc định: 01/07/2025)")
    parser.add_argument(
        "--answers",
        metavar="TỆP",
        help="trả lời cho xã bị chia, CSV hoặc XLSX: wardCode, newWardCode, share",
    )
    parser.add_argument("--decision", metavar="SỐ", default="", help="số nghị quyết; bắt buộc khi ghi")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    """0: done, or nothing left to ask; 1: there are questions or rejected lines; 2: a file that cannot be taken at all."""
    if not args.dry_run and not args.decision.strip():
        raise BadInput(
            "Thiếu số nghị quyết.", where="--decision", do="Thêm --decision SỐ, hoặc --dry-run để xem trước."
        )
    given = day_if_given(args.effective, "--effective")
    content = content_of(Path(args.file))
    answers = content_of(Path(args.answers)) if args.answers else None
    from congvu.config.cli.ready import django_ready

    django_ready()
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.organisation.actions.carry_out import carry_out
    from congvu.organisation.actions.recording import Decision
    from congvu.organisation.actions.rehearse import conserving
    from congvu.organisation.actions.reorganise import communes_before, reorganise
    from congvu.organisation.queries.handovers import unfinished
    from congvu.organisation.rules.lists import TWO_TIERS_SINCE, read_listing
    from congvu.organisation.rules.reorganisation import plan
    from congvu.organisation.rules.reorganisation_answers import read_answers

    effective = given or TWO_TIERS_SINCE
    with at_fault():
        listing = read_listing(content, Path(args.file).name)
        said = read_answers(answers, Path(args.answers).name) if answers is not None else {}
    if listing.kind != "old_to_new":
        raise BadInput(
            "Tệp không phải bảng xã cũ sang xã mới.", where=args.file, do="Xem `congvu import units`."
        )
    found = plan(listing.went, communes_before(effective), said)
    done, decision = None, Decision(args.decision.strip())
    if not args.dry_run and not unfinished(decision.number, effective):
        done = conserving(
            lambda: reorganise(found, effective=effective, decision=decision, by=SYSTEM, at=clock.now()),
            effective,
        )
    handed = None if args.dry_run else carry_out(at=clock.now(), told=_Progress().tell, again=True)
    told = document(Path(args.file).name, effective, listing, found, done) | {"handed_over": handed}
    if args.json:
        print_json(told)
    else:
        _print(told)
    return PROBLEM if found.questions or listing.rejected else OK


class _Progress:
    """Words on stderr, at most two a second: a province takes minutes."""

    def __init__(self) -> None:
        self._last = 0.0

    def tell(self, words: str) -> None:
        if monotonic() - self._last >= 0.5:
            self._last = monotonic()
            note(f"  {words}")


def document(
    name: str, effective: date, listing: "Listing", found: "Plan", done: "Reorganised | None"
) -> dict[str, Any]:
    """What would move, what is asked, what was done; every old and new commune is counted once. 3 statements."""
    units = [one.unit.unit_id for one in _all(found) if one.unit is not None]
    return {
        "file": name,
        "effective": effective,
        "read": len(listing.went) + len(listing.rejected),
        "old": len(_all(found)),
        "new": len(found.made) + len(found.kept),
        "divided": sum(one.divided for one in _all(found)),
        "units_found": len(units),
        "moves": _moves(units, effective),
        "made": [
            {"code": made.code, "name": made.name, "whole": [_going(one) for one in made.whole],
             "parts": [_going(one) for one in made.parts]}
            for made in found.made
        ],
        "kept": [{"code": one.code, "name": one.name, "was": _going(one.going)} for one in found.kept],
        "questions": [
            {"kind": one.kind, "code": one.code, "name": one.name, "district": one.district, "why": one.why,
             "choices": [{"code": code, "name": new} for code, new in one.choices]}
            for one in found.questions
        ],
        "rejected": [{"where": where, "why": why} for where, why in listing.rejected],
        "done": None if done is None else {
            "made": done.made, "kept": done.kept, "divided": done.divided, "districts_ended": done.ended,
            "districts_left": done.left,
        },
    }  # fmt: skip


def _all(found: "Plan") -> "list[Going]":
    goings = [one for made in found.made for one in (*made.whole, *made.parts)] + [
        kept.going for kept in found.kept
    ]
    return list({one.code: one for one in goings}.values())


def _going(one: "Going") -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "district": one.district,
        "unit": one.unit.code if one.unit else None,
    }


def _moves(units: list[int], effective: date) -> dict[str, Any]:
    """What hangs on the old units: open dossiers that name each, with their open steps there; roles held. 3 statements."""
    from congvu.dossiers.access import Visible
    from congvu.dossiers.queries.stranded import left_by_units
    from congvu.organisation.queries.units import grants_by_role, picture

    known, roles = picture(), grants_by_role(units, effective)
    left = left_by_units(Visible(True, (), None), set(known.unit_ids) - set(units)) if units else []
    return {
        "dossiers": [
            {"unit": known.of(one.unit_id)[0].code, "open": one.dossiers, "open_steps": one.steps}
            for one in left
        ],
        "roles": sum(count for held in roles.values() for count in held.values()),
    }


def _print(told: dict[str, Any]) -> None:
    print(
        f"{told['file']}: {told['old']} xã cũ thành {told['new']} xã mới từ {told['effective']:%d/%m/%Y};"
        f" {told['divided']} xã bị chia; {told['units_found']} đơn vị tìm thấy trong cây tổ chức."
    )
    moves = told["moves"]
    print(f"Đi theo: {len(moves['dossiers'])} đơn vị còn hồ sơ đang giải quyết, {moves['roles']} vai trò.")
    asked = [
        f"Hỏi: {one['name']} ({one['code']}){one['district'] and ', ' + one['district']}: {one['why']}"
        for one in told["questions"]
    ]
    note_first(asked, "câu hỏi")
    for one in told["rejected"]:
        note(f"  Không nhận: {one['where']}: {one['why']}.")
    if told["handed_over"] is not None:
        print(
            f"Bàn giao: {told['handed_over']} đơn vị đã chuyển xong. Dừng giữa chừng thì chạy lại đúng lệnh này."
        )
    if told["done"] is not None:
        done = told["done"]
        print(f"Đã ghi: {done['made']} xã mới, {done['kept']} xã giữ nguyên, {done['divided']} xã chia.")
        print(f"Kết thúc {done['districts_ended']} huyện.")
        if done["districts_left"]:
            print(f"Còn đơn vị trực thuộc, chưa kết thúc: {', '.join(done['districts_left'])}.")

"""`congvu term "5 ngày làm việc" --from 2026-11-20T14:59`: when a term ends, and why. Needs no database."""

import argparse
import re
from datetime import date, datetime
from typing import Any

from congvu.config.cli.given import MOMENT, moment_of
from congvu.config.cli.output import OK, BadInput, note, print_json
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays import (
    Calendar,
    Due,
    Extension,
    OfficeHours,
    Pause,
    PausePolicy,
    StartPolicy,
    Swap,
    Term,
    TraceDay,
    calendar_for,
    due,
    latest_apology_day,
    parse_term,
)

_POLICIES: dict[str, StartPolicy | PausePolicy] = {
    "reception_day": StartPolicy.RECEPTION_DAY,
    "reception": StartPolicy.RECEPTION_DAY,
    "transfer_day": StartPolicy.TRANSFER_DAY,
    "transfer": StartPolicy.TRANSFER_DAY,
    "restart": PausePolicy.RESTART,
    "extend_working_time": PausePolicy.EXTEND_WORKING_TIME,
    "extend_working": PausePolicy.EXTEND_WORKING_TIME,
    "extend_elapsed": PausePolicy.EXTEND_ELAPSED,
    "extend_elapsed_time": PausePolicy.EXTEND_ELAPSED,
}
_PAUSE = re.compile(rf"(?P<since>{MOMENT}):(?P<until>{MOMENT})?(?::(?P<policy>[A-Za-z_-]+))?")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_SHOWN = 8  # tentative days off that are named


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "term",
        description="Tính hạn của một thời hạn và giải thích từng ngày. Không cần cơ sở dữ liệu.",
        epilog="Chính sách (--policy): reception_day, transfer_day (tiếp nhận sau 15 giờ); restart,"
        " extend_working_time, extend_elapsed (tạm dừng).",
    )
    parser.add_argument(
        "text",
        nargs="?",
        metavar="THỜI_HẠN",
        help="«5 ngày làm việc», «8 giờ làm việc», «30 ngày», «2 tuần», «1 tháng», «1 năm», «trong ngày»",
    )
    parser.add_argument("--from", dest="start", metavar="LÚC", help="2026-11-20T14:59 hoặc 2026-11-20")
    parser.add_argument(
        "--policy", action="append", default=[], metavar="TÊN", help="xem cuối trang; ghi được nhiều lần"
    )
    parser.add_argument("--backward", action="store_true", help="tính lùi: chậm nhất … trước ngày")
    parser.add_argument(
        "--swap",
        action="append",
        default=[],
        metavar="NGHỈ:LÀM",
        help="hoán đổi ngày làm việc, ví dụ 2026-08-31:2026-08-22; ghi được nhiều lần",
    )
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="TỪ:ĐẾN:CHÍNH_SÁCH",
        help="tạm dừng, ví dụ 2026-11-06:2026-11-09:restart; để trống ĐẾN nếu chưa kết thúc; ghi được nhiều lần",
    )
    parser.add_argument(
        "--extend", metavar="NGÀY|THỜI_HẠN", help="gia hạn (một lần): 2026-12-05 hoặc «3 ngày làm việc»"
    )
    parser.add_argument("--hours", metavar="GIỜ", help="giờ làm việc, mặc định 07:00-11:30,13:30-17:00")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    try:
        found, calendar = _answer(args)
        document = _document(
            args, found, calendar
        )  # the trace is part of the answer: it too may refuse a year
    except Refused as no:  # the words given are at fault, not the state of anything: exit code 2
        do = f"{no.do} ({no.article})" if no.article else no.do
        raise BadInput(no.what, where=no.where, do=do) from None
    if args.json:
        print_json(document)
    else:
        _print_for_people(found, document)
    return OK


def _answer(args: argparse.Namespace) -> tuple[Due, Calendar]:
    if not args.text:
        raise BadInput(
            "Chưa ghi thời hạn.", do="Ví dụ: congvu term “5 ngày làm việc” --from 2026-11-20T14:59"
        )
    if not args.start:
        raise BadInput("Chưa ghi thời điểm bắt đầu.", where="--from", do="Ví dụ: --from 2026-11-20T14:59")
    start = moment_of(args.start, "--from")
    term = parse_term(args.text)
    if args.backward and not term.backward:
        term = term.reversed()
    start_policy, pause_policy = _policies(args.policy)
    calendar = calendar_for(
        (start.year - 1, start.year + 1),
        swaps=[_swap(text) for text in args.swap],
        hours=_hours(args.hours) if args.hours else OfficeHours(),
    )
    found = due(
        start,
        term,
        calendar,
        policy=start_policy,
        pauses=[_pause(text, pause_policy) for text in args.pause],
        extension=_extension(args.extend) if args.extend else None,
    )
    return found, calendar


def _policies(names: list[str]) -> tuple[StartPolicy, PausePolicy]:
    start, pause = StartPolicy.RECEPTION_DAY, PausePolicy.RESTART
    for name in names:
        chosen = _policy(name, "--policy")
        if isinstance(chosen, StartPolicy):
            start = chosen
        else:
            pause = chosen
    return start, pause


def _policy(name: str, where: str) -> StartPolicy | PausePolicy:
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    chosen = _POLICIES.get(plain.removeprefix("clock_").removeprefix("from_"))
    if chosen is None:
        known = ", ".join(dict.fromkeys(policy.value for policy in _POLICIES.values()))
        raise BadInput(f"Không có chính sách «{name}».", where=where, do=f"Chọn một trong: {known}.")
    return chosen


def _day(text: str, where: str) -> date:
    moment = moment_of(text, where)
    return moment.date() if isinstance(moment, datetime) else moment


def _swap(text: str) -> Swap:
    off, colon, work = text.partition(":")
    if not colon or not work:
        raise BadInput(
            f"Không đọc được hoán đổi «{text}».",
            where="--swap",
            do="Ghi NGHỈ:LÀM, ví dụ 2026-08-31:2026-08-22.",
        )
    return Swap(_day(off, "--swap"), _day(work, "--swap"), "theo yêu cầu của người hỏi (--swap)")


def _pause(text: str, otherwise: PausePolicy) -> Pause:
    found = _PAUSE.fullmatch(text.strip())
    if found is None:
        raise BadInput(
            f"Không đọc được tạm dừng «{text}».",
            where="--pause",
            do="Ghi TỪ:ĐẾN:CHÍNH_SÁCH, ví dụ 2026-11-06:2026-11-09:restart.",
        )
    policy = _policy(found["policy"], "--pause") if found["policy"] else otherwise
    if not isinstance(policy, PausePolicy):
        raise BadInput(
            f"«{found['policy']}» không phải chính sách tạm dừng.", where="--pause", do="Ví dụ: restart."
        )
    since = _as_moment(found["since"])
    return Pause(since, _as_moment(found["until"]) if found["until"] else None, policy)


def _as_moment(text: str) -> datetime:
    moment = moment_of(text, "--pause")
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)


def _extension(text: str) -> Extension:
    if re.match(r"\s*\d{4}-|\s*\d{1,2}/\d", text):
        return Extension(until=moment_of(text, "--extend"))
    return Extension(by=parse_term(text))


def _hours(text: str) -> OfficeHours:
    sessions = []
    for part in text.split(","):
        found = _HOURS.fullmatch(part.strip())
        if found is None:
            raise BadInput(
                f"Không đọc được giờ «{part}».", where="--hours", do="Ghi như 07:00-11:30,13:30-17:00."
            )
        a, b, c, d = map(int, found.groups())
        sessions.append((a * 60 + b, c * 60 + d))
    return OfficeHours(sessions=tuple(sessions))


def _document(args: argparse.Namespace, found: Due, calendar: Calendar) -> dict[str, Any]:
    counted = [line for line in found.trace if line.counts]
    return {
        "due": _iso(found.moment or found.date),
        "term": _term_parts(found.term),
        "from": args.start,
        "policy": found.policy.value,
        "first_due": _iso(found.first_moment or found.first_date),
        "counted": sum(line.minutes or 0 for line in counted) / 60
        if found.term.unit.in_minutes
        else len(counted),
        "latest_apology": None if found.term.backward else _iso(latest_apology_day(found.date, calendar)),
        "suspended": found.suspended,
        "trace": [_line(line) for line in found.trace],
        "moves": [
            {
                "kind": move.kind,
                "before": _iso(move.before),
                "after": _iso(move.after),
                "amount": move.amount,
                "why": move.why,
                "citation": move.citation,
                "applied": move.applied,
            }
            for move in found.moves
        ],
        "notes": list(found.notes),
        "tentative": [{"date": _iso(day.date), "why": day.reason} for day in found.tentative],
    }


def _term_parts(term: Term) -> dict[str, Any]:
    parts = {"n": term.n, "unit": term.unit.value, "direction": term.direction.value, "words": term.words()}
    return {**parts, "minutes": term.minutes} if term.minutes else parts


def _line(line: TraceDay) -> dict[str, Any]:
    parts = {
        "date": _iso(line.date),
        "counts": line.counts,
        "why": line.why,
        "citation": line.citation,
        "number": line.number,
        "kind": line.kind.value,
        "role": line.role.value,
    }
    return parts if line.minutes is None else {**parts, "minutes": line.minutes}


def _iso(moment: date | datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if isinstance(moment, datetime) else moment.isoformat()


def _print_for_people(found: Due, document: dict[str, Any]) -> None:
    when = f"{found.date:%d/%m/%Y}"
    if found.moment is not None:
        when = f"{found.moment:%H:%M} ngày {when}"
    print(f"Hạn: {when}   ({found.term.words()} kể từ {document['from']})\n")
    for line in found.trace:
        mark = f"{line.number:>5}" if line.number is not None else "    -"
        cited = f"  [{line.citation}]" if line.citation and not line.counts else ""
        print(f"  {_weekday(line.date)} {line.date:%d/%m/%Y} {mark}  {line.why}{cited}")
    for sentence in found.notes:
        note(sentence)
    if found.term.backward and found.safe_date != found.date:
        note(f"Ngày {found.date:%d/%m/%Y} là ngày nghỉ: nên làm chậm nhất ngày {found.safe_date:%d/%m/%Y}.")
    if found.tentative:
        note(f"Có ngày nghỉ trên đường đi mới là dự kiến: {_named([d.reason for d in found.tentative])}.")


def _named(reasons: list[str]) -> str:
    """Each once, the first few: a term of thirty years meets every Tết."""
    names = list(dict.fromkeys(reasons))
    more = len(reasons) - len(names[:_SHOWN])
    return "; ".join(names[:_SHOWN]) + (f"; và {more} ngày khác" if more else "")


def _weekday(day: date) -> str:
    return ("T2", "T3", "T4", "T5", "T6", "T7", "CN")[day.weekday()]

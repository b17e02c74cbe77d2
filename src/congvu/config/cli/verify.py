"""`congvu verify FILE.pdf`: are its digital signatures good, whose, since when unchanged. Needs no database."""

import argparse
import os
from pathlib import Path
from typing import Any

from congvu.config.cli.output import OK, PROBLEM, BadInput, print_json
from congvu.config.environment import env_bool, work_home
from congvu.foundation import clock
from congvu.foundation.signatures.trust import read_trust
from congvu.foundation.signatures.verify import Finding, Signer, Verdict, verify
from congvu.foundation.ui import formats

MOST = 512 * 1024 * 1024  # bytes a command reads at once


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "verify",
        description="Kiểm tra chữ ký số: hợp lệ không, ai ký, lúc nào, nội dung có đổi sau khi ký không.",
        epilog="Mã thoát: 0 hợp lệ; 1 không hợp lệ hoặc chưa ký; 2 không đọc được tệp như một PDF.",
    )
    parser.add_argument("file", metavar="TỆP", help="tệp .pdf")
    parser.add_argument(
        "--trust",
        metavar="THƯ_MỤC",
        help="chứng thư gốc và danh sách thu hồi được tin cậy (mặc định: signing/trust của CONGVU_HOME)",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(args: argparse.Namespace) -> int:
    content = _content(Path(args.file))
    folder = Path(args.trust) if args.trust else work_home() / "signing" / "trust"
    if args.trust and not folder.is_dir():
        raise BadInput(
            "Không có thư mục này.", where=args.trust, do="Ghi thư mục chứa chứng thư gốc (*.pem, *.crt)."
        )
    trust = read_trust(folder, fetch=env_bool("CONGVU_FETCH_REVOCATION", default=False))
    verdict = verify(content, trust, at=clock.now())
    if verdict.finding == Finding.BROKEN:
        raise BadInput(verdict.words, where=args.file, do="Tải lại tệp từ nơi đã gửi.")
    if args.json:
        print_json(document(verdict))
    else:
        _print_for_people(verdict)
    return OK if verdict.valid else PROBLEM


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BadInput("Không có tệp này.", where=str(path), do="Kiểm tra lại đường dẫn.")
        if path.stat().st_size > MOST:
            raise BadInput(
                f"Tệp lớn hơn {MOST >> 20} MB.", where=str(path), do="Tách tệp trước khi kiểm tra."
            )
        return path.read_bytes()
    except OSError as wrong:
        raise BadInput(
            f"Không đọc được tệp ({os.strerror(wrong.errno or 0)}).",
            where=str(path),
            do="Kiểm tra quyền đọc.",
        ) from None


def document(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON. `finding`: valid, unsigned, tampered, foreign, expired, revoked."""
    return {
        "valid": verdict.valid,
        "finding": verdict.finding.value,
        "words": verdict.words,
        "signers": [_signer(one) for one in verdict.signers],
        "changed_after": verdict.changed_after,
    }


def _signer(one: Signer) -> dict[str, Any]:
    return {
        "name": one.name, "organisation": one.organisation, "issuer": one.issuer, "serial": one.serial,
        "signed_at": one.signed_at, "timestamped": one.stamped, "valid": one.finding == Finding.VALID,
        "finding": one.finding.value, "changed_after": one.changed_after,
    }  # fmt: skip


def _print_for_people(verdict: Verdict) -> None:
    print(verdict.words)
    for one in verdict.signers:
        office = f", {one.organisation}" if one.organisation else ""
        stamp = "có dấu thời gian" if one.stamped else "người ký tự khai"
        print(f"  {one.name}{office}: {formats.moment(one.signed_at)} ({stamp}); {one.issuer}. {one.words}")

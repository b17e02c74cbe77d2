"""The command line: finds the one command asked for, imports only that, and turns refusals into words and exit codes.

0 done, 1 refused or a problem was found, 2 wrong usage or input. With `--json` exactly one JSON document goes to
stdout, whatever happens; everything for people goes to stderr. A command module has `add_parser(subparsers)` and
`run(args) -> int`; it reports through `output` or raises Refused, BadInput, BadSetting, ServerTrouble.
"""

import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

from congvu import __version__
from congvu.config.cli import output
from congvu.config.cli.usage import Commands, Parser

COMMANDS = {
    "demo": ("demo", "dựng một tỉnh mẫu và mở trang web trên máy này"),
    "serve": ("serve", "chạy máy chủ web (vận hành thật)"),
    "worker": ("worker", "chạy các việc nền"),
    "migrate": ("migrate", "tạo hoặc nâng cấp các bảng dữ liệu"),
    "doctor": ("doctor", "khám bản cài đặt này: sai gì, sửa thế nào"),
    "stop": ("stop", "dừng máy chủ dữ liệu nhúng"),
    "backup": ("backup", "sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp"),
    "restore": ("restore", "phục hồi từ tệp sao lưu"),
    "account": ("account", "tạo tài khoản, trao vai trò, đặt lại mật khẩu"),
    "term": ("term", "tính hạn: “5 ngày làm việc” kể từ một thời điểm"),
    "import": ("importing", "nhập thủ tục, quy trình, hồ sơ cũ, đơn vị, nhân sự, kế hoạch, chỉ số"),
    "export": ("exporting", "xuất quy trình; nhật ký sự kiện (XES, OCEL) cho phân tích"),
    "conformance": ("conformance", "tuân thủ quy trình: bước bỏ qua, thêm, sai thứ tự, quá hạn"),
    "form06": ("form06", "biểu 06: tình hình giải quyết thủ tục hành chính"),
    "figures": ("figures", "danh mục số liệu và giá trị"),
    "figure": ("figure", "một số liệu: tử số, mẫu số, giá trị, chia theo đơn vị"),
    "facts": ("facts", "bảng dữ kiện của số liệu: cập nhật, kiểm tra"),
    "conference": ("conference", "hội nghị kể trong tệp: nạp, kiểm tra, báo cáo từng câu, từng số"),
    "report": ("report", "báo cáo định kỳ: danh sách, từng số, xuất PDF, Word, XLSX"),
    "index": ("index", "chỉ số: điểm một đơn vị theo một bộ, thứ hạng của kỳ"),
    "survey": ("survey", "khảo sát hài lòng: các đợt, kết quả, nạp phiếu giấy"),
    "ledger": ("ledger", "sổ biên chế: giao, có mặt, tăng giảm so với năm gốc"),
    "plans": ("plans", "kế hoạch cải cách hành chính: đơn vị nào đã ban hành, đơn vị nào thiếu"),
    "verify": ("verify", "kiểm tra chữ ký số của một tệp PDF"),
    "org": ("organisation", "cây tổ chức tại một ngày; nguồn gốc và nơi đến của một đơn vị"),
    "audit": ("audit", "kiểm tra nhật ký (chuỗi băm), niêm phong các dòng mới"),
    "bench": ("bench", "đo tốc độ (cần kho mã và bộ dữ liệu mẫu)"),
    "django": ("django_admin", "lệnh quản trị của Django (dành cho người phát triển)"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in words if not word.startswith("-")), "")
    wants_json = "--json" in words
    parser = Parser(prog="congvu", description="Công Vụ: một cửa, từ tiếp nhận đến thống kê.")
    parser.add_argument(
        "--version", action="version", version=f"congvu {__version__}", help="in số phiên bản rồi thôi"
    )
    subparsers = parser.add_subparsers(dest="command", metavar="LỆNH", required=True)
    assert isinstance(subparsers, Commands)
    subparsers.summaries = {known: summary for known, (_, summary) in COMMANDS.items()}
    try:
        chosen = _load(name) if name in COMMANDS else None
        for known in COMMANDS:
            if chosen is not None and known == name:
                chosen.add_parser(subparsers)
            else:
                subparsers.add_parser(known)
        args = parser.parse_args(words)
        if chosen is None:  # an option before the command hid it, e.g. `congvu -x term`
            parser.error(f"Không rõ lệnh: {' '.join(words)}.")
        return int(chosen.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output left, as `head` does
        sys.stderr.close()
        return 1
    except (Exception, SystemExit) as error:
        code = output.explain(error, as_json=wants_json)
        if code is None:
            raise
        return code


def _load(name: str) -> ModuleType:
    return importlib.import_module(f"congvu.config.cli.{COMMANDS[name][0]}")

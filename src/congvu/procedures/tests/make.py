"""Builders with plain defaults."""

import json
from datetime import date, datetime
from pathlib import Path

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import Actor, Held
from congvu.procedures.actions.draft import create_procedure
from congvu.procedures.actions.publish import Decision, publish
from congvu.procedures.models import Procedure
from congvu.procedures.rules.content import (
    BasisLine,
    CaseContent,
    ChannelLine,
    Content,
    FeeLine,
    PaperLine,
    ResultLine,
)

REAL = Path(__file__).resolve().parents[5] / "shared" / "data"
ADMIN = Actor(7, "Ngô Quản Trị", "quan-tri", "", (Held("admin", None),))
AT = datetime(2026, 11, 20, 9, 0, tzinfo=LEGAL_ZONE)
DECISION = Decision("15/QĐ-UBND", "Chủ tịch UBND tỉnh", date(2026, 1, 10), date(2026, 1, 15))

ROW = {
    "ma_thu_tuc": "1.000080",
    "detail_url": "https://example.org/1",
    "ten_thu_tuc": "Đăng ký nhận cha, mẹ, con",
    "so_quyet_dinh": "163/QĐ-BTP",
    "cap_thuc_hien": "Cấp xã",
    "loai_thu_tuc": "",
    "linh_vuc": "Hộ tịch",
    "doi_tuong_thuc_hien": "Công dân Việt Nam, Người nước ngoài",
    "co_quan_co_tham_quyen": "Ủy ban nhân dân xã",
    "trinh_tu_thuc_hien": "Người yêu cầu nộp hồ sơ.",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
    "Trực tiếp3 Ngày làm việcMiễn phíTrực tuyến3 Ngày làm việcMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai1 bản chínhGiấy chứng sinh1 bản chính,1 bản sao",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
    "co_quan_thuc_hien": "Ủy ban nhân dân xã",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "ket_qua_xu_ly": "Trích lụcMã: KQ.G15.000331Từ khóaKhông có thông tinMô tảKhông có thông tin",
}


def a_row(**changes: object) -> dict[str, object]:
    """A sound row of the source, nothing in doubt."""
    return {**ROW, **changes}


def channels_text(rows: str) -> str:
    return f"Hình thức nộpThời gianPhí, lệ phíMô tả{rows}"


def a_file(folder: Path, *rows: dict[str, object] | str, name: str = "thu-tuc.jsonl") -> Path:
    """A JSON-lines file; a row given as text is written as it stands."""
    path = folder / name
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def a_content(name: str = "Cho phép thành lập hội", **parts: object) -> Content:
    """A complete content: one case, two channels, two papers, one result, one legal basis."""
    plain: dict[str, object] = {
        "tiers": ("TINH",),
        "authority_text": "Chủ tịch UBND tỉnh",
        "handler_text": "Sở Nội vụ",
        "sequence_text": "Ban vận động nộp hồ sơ; Sở Nội vụ thẩm định; Chủ tịch UBND tỉnh quyết định.",
        "subjects": ("Tổ chức",),
        "cases": (
            CaseContent(
                channels=(
                    ChannelLine(
                        1, 30, "NGAY_LAM_VIEC", "30 ngày làm việc", fees=(FeeLine(0, text="Miễn phí"),)
                    ),
                    ChannelLine(
                        2, 30, "NGAY_LAM_VIEC", "30 ngày làm việc", fees=(FeeLine(0, text="Miễn phí"),)
                    ),
                ),
                papers=(PaperLine("Đơn đề nghị", "don"), PaperLine("Dự thảo điều lệ", "dieu-le")),
            ),
        ),
        "results": (ResultLine("Quyết định cho phép thành lập hội", "quyet-dinh"),),
        "bases": (BasisLine("126/2024/NĐ-CP", "Nghị định về hội"),),
    }
    return Content(name=name, **{**plain, **parts})  # type: ignore[arg-type]


def a_published(code: str = "1.012939", name: str = "Cho phép thành lập hội", **parts: object) -> Procedure:
    """A procedure published by decision, in force from 15/01/2026."""
    version = create_procedure(code, "Tổ chức, biên chế", a_content(name, **parts), by=ADMIN, at=AT)
    publish([version.procedure_id], DECISION, by=ADMIN, at=AT)
    return Procedure.objects.get(pk=version.procedure_id)

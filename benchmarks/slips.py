"""Slips: one a call and a hundred in one job, beside the same library rendering a blank page of the same paper.

The floor is Typst's compiler with an empty A5 page: what the library costs before a letter is set. Also measured: the
two pictures of a code alone, and a signature (PAdES B-LT with a time stamp of our own), beside the same signature of the
library without our checks and our drawn block.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import in_turns, main, prepare_django, report, seconds, wanted

BLANK = '#set page(paper: "a5")\n#pagebreak(weak: true)\n'


def run(*, rounds: int = 5, single: int = 100, job: int = 100, signatures: int = 10) -> dict[str, Any]:
    """Slips a second; ratios are the blank page's rate divided by ours (how many blank pages a slip costs)."""
    prepare_django()
    import typst

    from congvu.dossiers.web.papers.slips_pdf import pdf_of
    from congvu.foundation.papers.codes import bars_svg, qr_svg
    from congvu.foundation.papers.pdf import FONTS

    # every slip is another: Typst keeps what it has set before, and would give the same slip again for nothing
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "blank.typ").write_text(BLANK)
        blank = typst.Compiler(
            str(Path(place) / "blank.typ"), root=place, font_paths=[str(FONTS)], ignore_system_fonts=True
        )
        many = [fields(n) for n in range(job)]
        count = iter(range(10**9))

        def blanks() -> None:
            for _ in range(single):
                blank.compile(sys_inputs={"n": str(next(count))})

        def ones() -> None:
            for _ in range(single):
                pdf_of([fields(next(count))])

        def pictures() -> None:
            for one in many:
                qr_svg(one["diaChiTraCuu"]), bars_svg(one["maHoSo"])

        times = in_turns(
            {
                "blank_page": lambda: seconds(blanks) / single,
                "one_a_call": lambda: seconds(ones) / single,
                "one_job": lambda: seconds(lambda: pdf_of([fields(next(count)) for _ in range(job)])) / job,
                "pictures": lambda: seconds(pictures) / job,
            },
            rounds,
        )
        made = pdf_of(many)
        signed = signing(Path(place), pdf_of(many[:1]), signatures)
    rates = {name: round(1 / value, 1) for name, value in times.items()}
    return report(
        "slips",
        {
            "slips": {"single": single, "job": job},
            "per_second": rates,
            "milliseconds": {name: round(value * 1e3, 3) for name, value in times.items()},
            "blank_pages_a_slip": {
                name: round(times[name] / times["blank_page"], 1) for name in ("one_a_call", "one_job")
            },
            "bytes_of_the_job": len(made),
            "signatures": signed,
        },
        [wanted("seconds of a job of 100 slips", times["one_job"] * 100, most=5)],
    )


def signing(place: Path, paper: bytes, count: int) -> dict[str, float]:
    """Seconds of a signature, one a call and in a set."""
    from congvu.foundation.signatures.authority import Authority
    from congvu.foundation.signatures.keys import PERSON, from_file
    from congvu.foundation.signatures.sign import Order, sign, sign_set
    from congvu.foundation.signatures.stamping import StampingAuthority
    from congvu.foundation.signatures.trust import read_trust
    from congvu.foundation.signatures.verify import verify

    now = datetime(2026, 11, 20, 7, tzinfo=UTC)
    ours = Authority("CA", datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
    (place / "trust").mkdir()
    (place / "trust" / "ca.pem").write_bytes(ours.pem())
    (place / "trust" / "ca.crl").write_bytes(ours.crl(datetime(2026, 11, 1, tzinfo=UTC)))
    trust = read_trust(place / "trust")
    key = from_file(ours.issue("Người ký").save(place / "k.p12", ""), "", PERSON)
    own = from_file(ours.issue("Dấu thời gian", stamps_time=True).save(place / "t.p12", ""), "", PERSON)
    stamping = StampingAuthority(own=own)
    one = seconds(lambda: [sign(paper, key, trust=trust, stamping=stamping, at=now) for _ in range(count)])
    made: list[Any] = []
    many = seconds(lambda: made.extend(sign_set([paper] * count, Order((key,), trust, stamping, now))))
    checked = seconds(lambda: [verify(each, trust, at=now) for each in made])
    if not all(verify(each, trust, at=now).valid for each in made):
        raise ValueError("a paper signed here is not valid")
    return {
        "one_a_call_s": round(one / count, 4),
        "in_a_set_s": round(many / count, 4),
        "verify_s": round(checked / count, 4),
    }


def fields(n: int) -> dict[str, Any]:
    """The fields of a receipt with five papers, as `slip_fields` makes them; `n` makes each its own."""
    papers = (
        "Đơn đề nghị cấp giấy phép xây dựng",
        "Giấy chứng nhận quyền sử dụng đất",
        "Bản vẽ thiết kế xây dựng kèm theo giấy chứng nhận thẩm duyệt phòng cháy, chữa cháy",
        "Bản cam kết bảo đảm an toàn đối với công trình liền kề",
        "Ảnh chụp hiện trạng",
    )
    code = f"H99.08-261120-{n % 10000:04d}"
    text = {
        "mau": "giay-tiep-nhan", "soMau": "01", "tenMau": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "kho": "a5",
        "thongTu": "Thông tư 03/2025/TT-VPCP", "tieuDeTrai1": "Ủy ban nhân dân tỉnh Bình Giang",
        "tieuDeTrai2": "Trung tâm Phục vụ hành chính công tỉnh", "tenDiaDanh": "Bình Giang",
        "ngayThangNam": "ngày 20 tháng 11 năm 2026", "donViTiepNhan": "Trung tâm Phục vụ hành chính công tỉnh",
        "maHoSo": code, "tenNguoiNop": f"Nguyễn Thị Thanh Hằng {n}", "nguoiNopHoSo": "Nguyễn Thị Thanh Hằng",
        "kenhThucHien": "trực tiếp", "diaChiNguoiNop": "Số 12, đường Lê Lợi, phường Trần Phú",
        "soDienThoaiNguoiNop": "0900345678", "emailNguoiNop": "", "soGiayToNguoiNop": "099190000123",
        "chuHoSo": "Nguyễn Thị Thanh Hằng", "diaChiChuHoSo": "Số 12, đường Lê Lợi", "soDienThoaiChuHoSo": "0900345678",
        "emailChuHoSo": "", "soGiayToChuHoSo": "099190000123", "trichYeuHoSo": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "tenTTHC": "Cấp giấy phép xây dựng", "maTTHC": "1.009994", "tenDonVi": "Sở Xây dựng", "soBoHoSo": "1",
        "thoiHanXuLyHoSo": "15 ngày làm việc", "thoiGianNop": "20/11/2026 08:15",
        "ngayTiepNhan": "08 giờ 15 phút, ngày 20/11/2026",
        "ngayHenTra": "trước 17 giờ 00 phút, Thứ Sáu ngày 11/12/2026", "nhanKetQuaTai": "Tại quầy, nơi tiếp nhận",
        "nguoiTiepNhan": "Đỗ Quỳnh Nhưỡng", "nguoiHuongDan": "", "nguoiTuChoi": "", "lyDo": "", "thoiGianLap": "",
        "ngayHenTraCu": "", "ngayHenTraMoi": "", "linkTraCuu": "https://dvc.vi.du/tra-cuu/",
        "diaChiTraCuu": f"https://dvc.vi.du/tra-cuu/?ma={code}",
    }  # fmt: skip
    lines = [
        {"index": str(k), "ten": name, "soBanChinh": "1", "nhanBanGiay": "", "soBanSao": "2"}
        for k, name in enumerate(papers, 1)
    ]
    return {**text, "thanhPhanHoSos": lines, "buocs": []}


if __name__ == "__main__":
    main(run)

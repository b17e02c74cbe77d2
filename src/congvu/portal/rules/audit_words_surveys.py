"""The audit log in words: surveys. Pure. An answer itself is never in the log."""

KINDS = {
    "survey": "Đợt khảo sát",
    "questionnaire": "Phiếu hỏi",
}
VERBS = {
    "draft_questionnaire": "Soạn phiếu hỏi",
    "publish_questionnaire": "Ban hành phiếu hỏi",
    "make_campaign": "Lập đợt khảo sát",
    "open_campaign": "Mở đợt khảo sát",
    "close_campaign": "Đóng đợt khảo sát",
    "show_results": "Công bố kết quả khảo sát",
    "draw_sample": "Rút mẫu khảo sát",
    "replace_member": "Thay người trong mẫu",
    "invite": "Phát liên kết khảo sát",
    "open_kiosk": "Mở máy khảo sát tại quầy",
    "close_kiosk": "Đóng máy khảo sát",
    "enter_sheets": "Nhập phiếu khảo sát giấy",
    "recheck_sheet": "Phúc tra phiếu khảo sát",
    "review_texts": "Duyệt ý kiến ghi thêm",
}

"""The audit words of reports. Pure."""

KINDS = {"report": "Báo cáo", "report_part": "Phần báo cáo của đơn vị", "report_template": "Mẫu báo cáo"}
VERBS = {
    "reports.make_report": "Lập báo cáo",
    "reports.write_report": "Soạn báo cáo",
    "reports.check_report": "Kiểm tra báo cáo",
    "reports.send_back_report": "Trả lại báo cáo",
    "reports.approve_report": "Duyệt báo cáo",
    "reports.publish_report": "Phát hành báo cáo",
    "reports.reopen_report": "Mở lại báo cáo",
    "reports.ask_parts": "Yêu cầu đơn vị báo cáo",
    "reports.write_part": "Soạn phần báo cáo",
    "reports.send_part": "Gửi phần báo cáo",
    "reports.return_part": "Trả lại phần báo cáo",
    "reports.take_part": "Tổng hợp phần báo cáo",
    "reports.keep_template": "Sửa mẫu báo cáo",
}

"""The audit log in words: conferences told in files."""

KINDS = {
    "conference_file": "Hội nghị",
    "defined_figure": "Số liệu của cơ quan",
    "hand_figure": "Số nhập tay",
    "list_entry": "Mục trong danh sách",
}
VERBS = {
    "reports.load_conference": "Nạp hội nghị từ tệp",
    "reports.define_conference_figure": "Định nghĩa số liệu của hội nghị",
    "reports.enter_conference_number": "Nhập số của hội nghị",
    "reports.list_conference_entry": "Ghi mục trong danh sách của hội nghị",
}

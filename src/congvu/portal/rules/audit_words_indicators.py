"""The audit log in words: figures. Pure."""

KINDS = {
    "published_table": "Bảng số liệu công bố",
    "hand_figure": "Số nhập tay",
    "defined_figure": "Định nghĩa số liệu",
    "list_entry": "Mục trong danh sách",
    "figure_line": "Ngưỡng cảnh báo",
    "board": "Bảng theo dõi",
}
VERBS = {
    "indicators.publish": "Công bố bảng số liệu",
    "indicators.enter": "Nhập số liệu",
    "indicators.define": "Định nghĩa số liệu",
    "indicators.withdraw": "Thôi dùng số liệu",
    "indicators.list": "Ghi vào danh sách",
    "indicators.take_out": "Bỏ khỏi danh sách",
    "indicators.set_line": "Đặt ngưỡng cảnh báo",
    "indicators.drop_line": "Bỏ ngưỡng cảnh báo",
    "indicators.compose": "Lập bảng theo dõi",
}

"""The audit log in words: the catalogue of procedures. Pure."""

KINDS = {
    "procedures.group": "Nhóm thủ tục liên thông",
    "procedure": "Thủ tục",
    "procedures.procedure": "Thủ tục",
    "procedures.doubt": "Nghi vấn nhập liệu",
    "procedures.import": "Lần nhập thủ tục",
}
VERBS = {
    "publish_group": "Công bố nhóm thủ tục liên thông",
    "end_group": "Kết thúc áp dụng nhóm thủ tục liên thông",
    "create_group_draft": "Lập bản thảo nhóm thủ tục liên thông",
    "save_group_draft": "Lưu bản thảo nhóm thủ tục liên thông",
    "drop_group_draft": "Bỏ bản thảo nhóm thủ tục liên thông",
    "create": "Tạo thủ tục",
    "start_draft": "Mở bản nháp",
    "save_draft": "Sửa bản nháp",
    "draft_process": "Soạn quy trình",
    "publish_process": "Công bố quy trình",
    "publish": "Công bố",
    "settle_status": "Hết hiệu lực theo quyết định",
    "amend": "Sửa đổi, công bố bản mới",
    "replace": "Thay thế",
    "abolish": "Bãi bỏ",
    "procedure.publish_historical": "Công bố thủ tục của dữ liệu cũ",
    "import_procedures": "Nhập thủ tục",
    "import_version": "Nhập một bản thủ tục",
    "import_workflows": "Nhập quy trình",
    "correct_version": "Sửa theo nghi vấn",
    "accept_doubt": "Chấp nhận nghi vấn",
    "correct_doubt": "Sửa nghi vấn",
    "dismiss_doubt": "Bỏ qua nghi vấn",
}

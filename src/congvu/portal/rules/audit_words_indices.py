"""The audit log in words: sets of criteria, rounds, score sheets. Pure."""

KINDS = {
    "index_set": "Bộ chỉ số",
    "index_round": "Kỳ chấm chỉ số",
    "index_sheet": "Phiếu chấm chỉ số",
}
VERBS = {
    "indices.draft_set": "Lập dự thảo bộ chỉ số",
    "indices.change_set": "Sửa dự thảo bộ chỉ số",
    "indices.discard_set": "Bỏ dự thảo bộ chỉ số",
    "indices.approve_set": "Phê duyệt bộ chỉ số",
    "indices.open_round": "Mở kỳ chấm chỉ số",
    "indices.set_deadlines": "Đổi hạn các bước của kỳ chấm",
    "indices.fill_sheet": "Tự điền phiếu chấm từ số liệu",
    "indices.write_sheet": "Ghi phiếu chấm",
    "indices.add_proof": "Đính kèm tài liệu kiểm chứng",
    "indices.remove_proof": "Bỏ tài liệu kiểm chứng",
    "indices.submit": "Nộp bản tự chấm",
    "indices.send_back": "Trả lại phiếu để chấm lại",
    "indices.tell": "Gửi kết quả thẩm định",
    "indices.explain": "Gửi giải trình",
    "indices.to_council": "Trình hội đồng",
    "indices.reopen": "Hội đồng trả lại phiếu",
    "indices.publish": "Công bố kết quả chỉ số",
    "indices.import": "Nạp chỉ số bên ngoài",
}

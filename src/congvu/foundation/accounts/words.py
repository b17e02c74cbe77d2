"""The names of the account verbs, as the audit log keeps them, and their words."""

KIND = "account"
VERBS = {
    "sign-in": "Đăng nhập",
    "sign-in-failed": "Đăng nhập không thành",
    "sign-out": "Đăng xuất",
    "create-account": "Tạo tài khoản",
    "change-password": "Đổi mật khẩu",
    "reset-password": "Cấp lại mật khẩu",
    "grant-role": "Giao vai trò",
    "end-grant": "Kết thúc vai trò",
    "delegate": "Giao thay",
    "end-delegation": "Kết thúc giao thay",
    "deactivate": "Khóa tài khoản",
    "reactivate": "Mở lại tài khoản",
}

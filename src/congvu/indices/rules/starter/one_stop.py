"""Chất lượng giải quyết thủ tục hành chính của bộ phận một cửa: nine indices of 0, 1 or 2 points."""

from congvu.indices.rules.starter import Starter

ONE_STOP = Starter(
    code="mot-cua",
    name="Đánh giá bộ phận một cửa và cơ quan giải quyết thủ tục hành chính",
    audience="MOT_CUA",
    measure="points",
    whole="18",
    step="1",
    bands="15: xuất sắc; 12: tốt; 9: khá; 6: trung bình; 0: yếu",
    citation="Thông tư 01/2018/TT-VPCP, Điều 13-15",
    evidence="TXT",
    table="""
1; Tổng thời gian giải quyết so với quy định; 2; trung bình; mot-cua.thoi-gian; Ngắn hơn 2, bằng 1, dài hơn 0 điểm mỗi hồ sơ
2; Thời gian thực hiện của từng cơ quan tham gia; 2; trung bình; mot-cua.co-quan; Ngắn hơn 2, bằng 1, dài hơn 0 điểm mỗi hồ sơ
3; Số lần phải liên hệ nơi tiếp nhận để hoàn thiện hồ sơ; 2; trung bình; mot-cua.lien-he; 0 lần 2, 1 lần 1, nhiều hơn 0 điểm
4; Số cơ quan, tổ chức phải liên hệ để hoàn thiện hồ sơ; 2; trung bình; ; Không phải liên hệ 2, một nơi 1, nhiều hơn 0
5; Tổ chức tiếp nhận, thẩm định, phê duyệt tại một cửa; 2; chấm; ; Tỉnh 20%, huyện 50%, xã 100% là 2, tiếp nhận và trả 100% là 1
6; Công khai thủ tục hành chính; 2; chấm; ; Cả niêm yết và điện tử, chính xác, đủ, kịp thời 2, một trong hai 1
7; Thái độ của cán bộ, công chức, viên chức; 2; trung bình; ; Sớm hạn, không phản ánh 2, đúng hạn, không phản ánh 1, có phản ánh 0
8; Tiếp thu, giải trình phản ánh, kiến nghị; 2; bậc 100:2 90:1; ; 100% đúng hạn hoặc không có 2, từ 90% 1
9; Tiến độ và chất lượng cung cấp dịch vụ công trực tuyến; 2; chấm; ; Từ 30% trực tuyến, không quá hạn 2, từ 15% 1
""",
)
OFFICER_BANDS = "5: hoàn thành 100% nhiệm vụ; 3,5: hoàn thành từ 70% đến dưới 100% nhiệm vụ; 0: hoàn thành dưới 70% nhiệm vụ"
OFFICER = ("1", "2", "3", "4", "7")  # the indices an officer is measured by (Điều 15)

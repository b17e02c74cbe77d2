"""The five groups of QĐ 766/QĐ-TTg. Maxima of the groups from one source; how a group is shared out is our proposal
(unverified). Bound to figures by code; what no figure tells is written by hand."""

from congvu.indices.rules.starter import Starter

SERVICE = Starter(
    code="phuc-vu-766",
    name="Chất lượng phục vụ người dân, doanh nghiệp trong thực hiện thủ tục hành chính",
    audience="TINH",
    measure="percent",
    whole="100",
    step="0",
    bands="90: xuất sắc; 80: tốt; 70: khá; 50: trung bình; 0: yếu",
    citation="Quyết định 766/QĐ-TTg ngày 23/6/2022; điểm từng chỉ số và mức xếp loại chưa đối chiếu",
    evidence="MEM",
    table="""
1; Công khai, minh bạch; 18
1.1; Thủ tục hành chính công bố đúng hạn; 6; tỷ lệ
1.2; Thủ tục hành chính công khai đủ bộ phận tạo thành; 6; tỷ lệ
1.3; Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia; 6; tỷ lệ
2; Tiến độ giải quyết; 20
2.1; Hồ sơ giải quyết đúng hạn, trước hạn; 15; tỷ lệ; ho-so.dung-han
2.2; Hồ sơ giải quyết trước hạn; 5; tỷ lệ; ho-so.truoc-han
3; Dịch vụ công trực tuyến; 12
3.1; Hồ sơ nộp trực tuyến; 6; tỷ lệ; ho-so.truc-tuyen
3.2; Dịch vụ công trực tuyến phát sinh hồ sơ trực tuyến; 3; tỷ lệ; thu-tuc.truc-tuyen-phat-sinh
3.3; Thủ tục cung cấp trực tuyến toàn trình; 3; tỷ lệ; thu-tuc.toan-trinh
4; Thanh toán trực tuyến; 10
4.1; Hồ sơ thanh toán trực tuyến; 10; tỷ lệ; thu-phi.truc-tuyen
5; Số hóa hồ sơ; 22
5.1; Hồ sơ cấp kết quả điện tử; 8; tỷ lệ; so-hoa.ket-qua
5.2; Hồ sơ số hóa đủ thành phần; 7; tỷ lệ; so-hoa.thanh-phan
5.3; Hồ sơ khai thác, dùng lại dữ liệu số hóa; 7; tỷ lệ; so-hoa.dung-lai
6; Mức độ hài lòng; 18
6.1; Phản ánh, kiến nghị xử lý đúng hạn; 8; tỷ lệ
6.2; Hài lòng khi giải quyết thủ tục hành chính; 10; khảo sát người dân
""",
)

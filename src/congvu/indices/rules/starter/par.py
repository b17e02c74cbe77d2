"""The PAR index as the province scores its departments and communes: eight areas with maxima told from memory of the set of
2022 (unverified), criteria of our own proposal. A province replaces both by its decision."""

from congvu.indices.rules.starter import Starter

PAR = Starter(
    code="cchc",
    name="Chỉ số cải cách hành chính của sở, ban, ngành và xã, phường",
    audience="SO",
    measure="percent",
    whole="100",
    step="0,25",
    bands="90: xuất sắc; 80: tốt; 70: khá; 50: trung bình; 0: yếu",
    citation="Theo tám lĩnh vực của Quyết định 876/QĐ-BNV ngày 10/11/2022; điểm tối đa và tiêu chí chưa đối chiếu",
    evidence="MEM",
    table="""
1; Công tác chỉ đạo, điều hành cải cách hành chính; 9,5
1.1; Kế hoạch cải cách hành chính năm; 2
1.1.1; Ban hành kế hoạch trong quý I; 0,5; có/không; ; Kế hoạch
1.1.2; Mức độ hoàn thành kế hoạch; 1,5; tỷ lệ từ 80; ; Báo cáo kết quả thực hiện
1.2; Báo cáo định kỳ đúng thời hạn, đủ nội dung; 1; trừ 0,25; ; Số lần chậm, thiếu
1.3; Kiểm tra công tác cải cách hành chính; 2
1.3.1; Tỷ lệ đơn vị trực thuộc được kiểm tra; 1; bậc 30:1 20:0,5; ; Kết luận kiểm tra
1.3.2; Xử lý vấn đề phát hiện qua kiểm tra; 1; tỷ lệ; ; Văn bản xử lý
1.4; Sáng kiến trong cải cách hành chính; 2; chấm; ; Quyết định công nhận sáng kiến
1.5; Hoàn thành nhiệm vụ Ủy ban nhân dân tỉnh giao; 2,5; tỷ lệ từ 80; ; Danh sách nhiệm vụ
2; Cải cách thể chế; 10
2.1; Văn bản tham mưu ban hành đúng chương trình; 3; tỷ lệ từ 80; ; Chương trình và văn bản
2.2; Theo dõi thi hành pháp luật; 2; có/không; ; Kế hoạch, báo cáo
2.3; Rà soát văn bản quy phạm pháp luật; 2; tỷ lệ từ 80; ; Kết quả rà soát
2.4; Xử lý văn bản trái pháp luật phát hiện qua kiểm tra; 3; tỷ lệ; ; Văn bản xử lý
3; Cải cách thủ tục hành chính; 13
3.1; Công bố, công khai thủ tục hành chính; 3
3.1.1; Trình công bố đúng thời hạn; 1,5; tỷ lệ từ 80; ; Quyết định công bố
3.1.2; Công khai đủ, đúng quy định; 1,5; có/không; ; Ảnh niêm yết, đường dẫn
3.2; Giải quyết hồ sơ đúng hạn; 5; tỷ lệ từ 80; ho-so.dung-han; Hồ sơ trên hệ thống
3.3; Rà soát, đơn giản hóa thủ tục; 2; có/không; ; Phương án đơn giản hóa
3.4; Xử lý phản ánh, kiến nghị đúng hạn; 2; tỷ lệ; ; Danh sách phản ánh
3.5; Xin lỗi khi trễ hạn; 1; tỷ lệ; ; Văn bản xin lỗi
4; Cải cách tổ chức bộ máy; 10,5
4.1; Thực hiện quy định về tổ chức bộ máy; 3,5; có/không; ; Quyết định chức năng, nhiệm vụ
4.2; Sử dụng biên chế không vượt số được giao; 3; có/không; ; Sổ biên chế
4.3; Thực hiện phân cấp, ủy quyền; 2; có/không; ; Quyết định
4.4; Đề án vị trí việc làm được phê duyệt; 2; có/không; ; Quyết định phê duyệt
5; Cải cách chế độ công vụ; 15
5.1; Bố trí theo vị trí việc làm; 4; tỷ lệ từ 80; ; Danh sách bố trí
5.2; Bổ nhiệm đúng tiêu chuẩn, điều kiện; 3; tỷ lệ từ 80; ; Hồ sơ bổ nhiệm
5.3; Đánh giá, xếp loại đúng quy định; 3; có/không; ; Quyết định xếp loại
5.4; Chấp hành kỷ luật, kỷ cương; 3; trừ 1; ; Số quyết định kỷ luật
5.5; Hoàn thành kế hoạch đào tạo, bồi dưỡng; 2; tỷ lệ từ 80; ; Báo cáo đào tạo
6; Cải cách tài chính công; 12
6.1; Giải ngân vốn đầu tư công; 5; tuyến tính 50-95; ; Xác nhận của Kho bạc
6.2; Quy chế chi tiêu nội bộ, quản lý tài sản công; 3; có/không; ; Quy chế
6.3; Thực hiện kiến nghị kiểm toán, thanh tra; 4; tỷ lệ từ 50; ; Biên bản
7; Xây dựng chính quyền điện tử, chính quyền số; 13,5
7.1; Hồ sơ nộp trực tuyến; 5; bậc 80:5 60:4 40:2,5 20:1; ho-so.truc-tuyen; Hồ sơ trên hệ thống
7.2; Văn bản điện tử ký số; 3; tỷ lệ từ 80; ; Hệ thống quản lý văn bản
7.3; Số hóa hồ sơ, kết quả; 3,5; tỷ lệ từ 50; so-hoa.ket-qua; Hồ sơ trên hệ thống
7.4; Hệ thống quản lý chất lượng; 2; có/không; ; Bản công bố
8; Tác động của cải cách hành chính; 16,5
8.1; Mức độ hài lòng của người dân, tổ chức; 10; khảo sát người dân; ; Kết quả điều tra
8.2; Đánh giá của lãnh đạo và công chức; 6,5; khảo sát lãnh đạo, công chức; ; Kết quả điều tra
""",
)

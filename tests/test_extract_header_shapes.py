"""Headers of many kinds of offices and in many layouts, in papers of our own invention."""

from __future__ import annotations

import pytest

from tests.test_extract_header import BODY, values

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    ("head", "issuer", "level", "province", "place"),
    [
        (
            "UBND TỈNH SÓC TRĂNG            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ                      Độc lập - Tự do - Hạnh phúc\n\nSố: 12/KH-SNV                Sóc Trăng, ngày 5 tháng 3 năm 2024",
            "Sở Nội vụ tỉnh Sóc Trăng",
            "department",
            "Sóc Trăng",
            "Sóc Trăng",
        ),
        (
            "UBND TỈNH SÓC TRĂNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\nSố: 12/KH-SNV Sóc Trăng, ngày 5 tháng 3 năm 2024",
            "Sở Nội vụ tỉnh Sóc Trăng",
            "department",
            "Sóc Trăng",
            "Sóc Trăng",
        ),
        (
            "UBND TỈNH SÓC TRĂNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\nSố: 12/KH-SNV\tSóc Trăng, ngày 5 tháng 3 năm 2024",
            "Sở Nội vụ tỉnh Sóc Trăng",
            "department",
            "Sóc Trăng",
            "Sóc Trăng",
        ),
        (
            f"{MOTTO}\nỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\n\nSố: 15/KH-UBND\n\nLạng Sơn, ngày 2 tháng 1 năm 2023",
            "Ủy ban nhân dân tỉnh Lạng Sơn",
            "province",
            "Lạng Sơn",
            "Lạng Sơn",
        ),
        (
            f"TỔNG CỤC THUẾ\nCỤC THUẾ TỈNH QUẢNG NAM\nSố: 77/KH-CTQNA\n{MOTTO}Quảng Nam, ngày 2 tháng 1 năm 2023",
            "Cục Thuế tỉnh Quảng Nam",
            "department",
            "Quảng Nam",
            "Quảng Nam",
        ),
        (
            f"SỞ Y TẾ HÀ TĨNH\nTRUNG TÂM Y TẾ HUYỆN CAN LỘC\nSố: 7/KH-TTYT\n{MOTTO}Can Lộc, ngày 2 tháng 1 năm 2023",
            "Trung tâm Y tế huyện Can Lộc, tỉnh Hà Tĩnh",
            "district",
            "Hà Tĩnh",
            "Can Lộc",
        ),
        (
            "ĐOÀN TNCS HỒ CHÍ MINH\nBCH TỈNH ĐOÀN BẮC GIANG\n***\nSố: 77-KH/TĐTN-BTG\nBắc Giang, ngày 2 tháng 1 năm 2023",
            "Ban Chấp hành Tỉnh đoàn Bắc Giang",
            "other",
            "Bắc Giang",
            "Bắc Giang",
        ),
        (
            "BAN CHẤP HÀNH ĐOÀN TỈNH KIÊN GIANG\n***\nSố: 77-KH/TĐTN-BTG\nĐOÀN TNCS HỒ CHÍ MINH\nKiên Giang, ngày 2 tháng 1 năm 2023",
            "Ban Chấp hành Đoàn tỉnh Kiên Giang",
            "other",
            "Kiên Giang",
            "Kiên Giang",
        ),
        (
            f"HỘI LHPN VIỆT NAM\nBAN CHẤP HÀNH TỈNH YÊN BÁI\nSố: 7/KH-BTV\n{MOTTO}Yên Bái, ngày 2 tháng 1 năm 2023",
            "Ban Chấp hành Hội Liên hiệp Phụ nữ Việt Nam tỉnh Yên Bái",
            "other",
            "Yên Bái",
            "Yên Bái",
        ),
        (
            f"HỘI LHPN TỈNH NINH BÌNH\nSố: 7/KH-HPN\n{MOTTO}Ninh Bình, ngày 2 tháng 1 năm 2023",
            "Hội Liên hiệp Phụ nữ tỉnh Ninh Bình",
            "other",
            "Ninh Bình",
            "Ninh Bình",
        ),
        (
            "ĐẢNG BỘ TỈNH LAI CHÂU\nĐẢNG ỦY XÃ TÀ TỔNG\n*\nSố 05-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nTà Tổng, ngày 2 tháng 8 năm 2025",
            "Đảng ủy xã Tà Tổng, tỉnh Lai Châu",
            "party",
            "Lai Châu",
            "Tà Tổng",
        ),
        (
            f"UBND TỈNH BẮC NINH\nBAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP\nSố: 7/KH-BQL\n{MOTTO}Bắc Ninh, ngày 2 tháng 1 năm 2022",
            "Ban Quản lý các khu công nghiệp tỉnh Bắc Ninh",
            "department",
            "Bắc Ninh",
            "Bắc Ninh",
        ),
        (
            f"SỞ Y TẾ NAM ĐỊNH\nBỆNH VIỆN ĐA KHOA TỈNH\nSố: 7/KH-BVĐK\n{MOTTO}Nam Định, ngày 2 tháng 1 năm 2022",
            "Bệnh viện Đa khoa tỉnh Nam Định",
            "department",
            "Nam Định",
            "Nam Định",
        ),
        (
            f"UBND HUYỆN QUỲ HỢP\nPHÒNG GD&ĐT\nSố: 7/KH-PGDĐT\n{MOTTO}Quỳ Hợp, ngày 2 tháng 1 năm 2022",
            "Phòng Giáo dục và Đào tạo huyện Quỳ Hợp, tỉnh Nghệ An",
            "district",
            "Nghệ An",
            "Quỳ Hợp",
        ),
        (
            f"PHÒNG GD&ĐT HUYỆN QUỲ HỢP\nTRƯỜNG TIỂU HỌC CHÂU LÝ\nSố: 7/KH-THCL\n{MOTTO}Châu Lý, ngày 2 tháng 1 năm 2022",
            "Trường Tiểu học Châu Lý",
            "school",
            "Nghệ An",
            "Châu Lý",
        ),
        (
            f"VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO\nVIỆN KIỂM SÁT NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nSố: 7/KH-VKS\n{MOTTO}Bình Định, ngày 2 tháng 9 năm 2022",
            "Viện kiểm sát nhân dân tỉnh Bình Định",
            "department",
            "Bình Định",
            "Bình Định",
        ),
        (
            f"BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH VĨNH LONG\nSố: 7/KH-BHXH\n{MOTTO}Vĩnh Long, ngày 2 tháng 9 năm 2022",
            "Bảo hiểm xã hội tỉnh Vĩnh Long",
            "department",
            "Vĩnh Long",
            "Vĩnh Long",
        ),
        (
            f"BẢO HIỂM XÃ HỘI VIỆT NAM\nSố: 7/KH-BHXH\n{MOTTO}Hà Nội, ngày 2 tháng 9 năm 2022",
            "Bảo hiểm xã hội Việt Nam",
            "central",
            None,
            "Hà Nội",
        ),
        (
            f"ỦY BAN NHÂN DÂN\nXÃ TÂN UYÊN\nSố: 7/KH-UBND\n{MOTTO}Tân Uyên, ngày 2 tháng 9 năm 2025",
            "Ủy ban nhân dân xã Tân Uyên, tỉnh Lai Châu",
            "commune",
            "Lai Châu",
            "Tân Uyên",
        ),
        (
            f"ỦY BAN NHÂN DÂN\nPHƯỜNG THỦ DẦU MỘT\nSố: 7/KH-UBND\n{MOTTO}Thủ Dầu Một, ngày 2 tháng 9 năm 2025",
            "Ủy ban nhân dân phường Thủ Dầu Một, thành phố Hồ Chí Minh",
            "commune",
            "Hồ Chí Minh",
            "Thủ Dầu Một",
        ),
        (
            f"UBND PHƯỜNG THỦ DẦU MỘT\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 7/KH-VHXH\n{MOTTO}Thủ Dầu Một, ngày 2 tháng 9 năm 2025",
            "Phòng Văn hóa - Xã hội phường Thủ Dầu Một, thành phố Hồ Chí Minh",
            "commune",
            "Hồ Chí Minh",
            "Thủ Dầu Một",
        ),
        (
            "THÀNH ỦY CẦN THƠ\nVĂN PHÒNG\n*\nSố 11-KH/VPTU\nĐẢNG CỘNG SẢN VIỆT NAM\nCần Thơ, ngày 2 tháng 9 năm 2025",
            "Văn phòng Thành ủy Cần Thơ",
            "party",
            "Cần Thơ",
            "Cần Thơ",
        ),
        (
            "HUYỆN ỦY MỘC CHÂU\nBAN TỔ CHỨC\n*\nSố 11-KH/BTC\nĐẢNG CỘNG SẢN VIỆT NAM\nMộc Châu, ngày 2 tháng 9 năm 2022",
            "Ban Tổ chức Huyện ủy Mộc Châu, tỉnh Sơn La",
            "party",
            "Sơn La",
            "Mộc Châu",
        ),
        (
            f"TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH HẬU GIANG\nSố: 11/KH-LĐLĐ\n{MOTTO}Hậu Giang, ngày 2 tháng 9 năm 2022",
            "Liên đoàn Lao động tỉnh Hậu Giang",
            "other",
            "Hậu Giang",
            "Hậu Giang",
        ),
        (
            f"BỘ CÔNG AN\nCÔNG AN TỈNH TÂY NINH\nSố: 11/KH-CAT-PV01\n{MOTTO}Tây Ninh, ngày 2 tháng 9 năm 2022",
            "Công an tỉnh Tây Ninh",
            "department",
            "Tây Ninh",
            "Tây Ninh",
        ),
        (
            f"CÔNG AN TỈNH TÂY NINH\nCÔNG AN HUYỆN TÂN BIÊN\nSố: 11/KH-CAH\n{MOTTO}Tân Biên, ngày 2 tháng 9 năm 2022",
            "Công an huyện Tân Biên, tỉnh Tây Ninh",
            "district",
            "Tây Ninh",
            "Tân Biên",
        ),
        (
            f"QUÂN KHU 5\nBỘ CHỈ HUY QUÂN SỰ TỈNH GIA LAI\nSố: 11/KH-BCH\n{MOTTO}Gia Lai, ngày 2 tháng 9 năm 2022",
            "Bộ Chỉ huy Quân sự tỉnh Gia Lai",
            "department",
            "Gia Lai",
            "Gia Lai",
        ),
        (
            f"BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC VINH\nSố: 11/KH-ĐHV\n{MOTTO}Nghệ An, ngày 2 tháng 9 năm 2022",
            "Trường Đại học Vinh",
            "school",
            "Nghệ An",
            "Nghệ An",
        ),
        (
            f"ỦY BAN MTTQ VIỆT NAM\nTỈNH BẠC LIÊU\nBAN THƯỜNG TRỰC\nSố: 11/KH-MTTQ-BTT\n{MOTTO}Bạc Liêu, ngày 2 tháng 9 năm 2022",
            "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bạc Liêu",
            "other",
            "Bạc Liêu",
            "Bạc Liêu",
        ),
        (
            f"BỘ TÀI CHÍNH\nKHO BẠC NHÀ NƯỚC\nSố: 11/KH-KBNN\n{MOTTO}Hà Nội, ngày 2 tháng 9 năm 2022",
            "Kho bạc Nhà nước",
            "central",
            None,
            "Hà Nội",
        ),
        (
            f"TÒA ÁN NHÂN DÂN\nHUYỆN ĐẠI LỘC\nSố: 11/KH-TA\n{MOTTO}Đại Lộc, ngày 2 tháng 9 năm 2022",
            "Tòa án nhân dân huyện Đại Lộc, tỉnh Quảng Nam",
            "district",
            "Quảng Nam",
            "Đại Lộc",
        ),
        (
            f"SỞ NÔNG NGHIỆP VÀ PTNT\nCHI CỤC KIỂM LÂM\nSố: 11/KH-CCKL\n{MOTTO}Kon Tum, ngày 2 tháng 9 năm 2022",
            "Chi cục Kiểm lâm tỉnh Kon Tum",
            "department",
            "Kon Tum",
            "Kon Tum",
        ),
        (
            f"SỞ XÂY DỰNG TỈNH HÀ NAM\nTHANH TRA SỞ\nSố: 11/KH-TTr\n{MOTTO}Hà Nam, ngày 2 tháng 9 năm 2022",
            "Thanh tra Sở Xây dựng tỉnh Hà Nam",
            "department",
            "Hà Nam",
            "Hà Nam",
        ),
        (
            "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH\nĐẢNG ỦY SỞ TƯ PHÁP\n*\nSố 9-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nKon Tum, ngày 2 tháng 9 năm 2022",
            "Đảng ủy Sở Tư pháp tỉnh Kon Tum",
            "party",
            "Kon Tum",
            "Kon Tum",
        ),
        (
            "BAN THƯỜNG VỤ TỈNH ỦY\n*\nSố 9-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nKon Tum, ngày 2 tháng 9 năm 2022",
            "Ban Thường vụ Tỉnh ủy Kon Tum",
            "party",
            "Kon Tum",
            "Kon Tum",
        ),
    ],
)
def test_issuer_of_each_kind(head: str, issuer: str, level: str, province: str | None, place: str) -> None:
    found = values(f"{head}\n\nKẾ HOẠCH\n\nCông tác văn thư năm 2024\n{BODY}")
    assert found["issuer"] == issuer
    assert found["issuer_level"] == level
    assert found.get("province") == province
    assert found["issue_place"] == place


def test_a_party_letters_subject_stands_under_its_number_without_words_before() -> None:
    found = values(
        "ĐẢNG BỘ TỈNH LAI CHÂU\nĐẢNG ỦY XÃ TÀ TỔNG\n*\nSố 12-CV/ĐU\nTăng cường phòng, chống rét\ncho gia súc\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\nTà Tổng, ngày 5 tháng 12 năm 2025\n\nKính gửi:\n- Các chi bộ trực thuộc.\n\n"
        "Để giữ đàn gia súc, Đảng ủy xã yêu cầu các chi bộ vào cuộc.\n"
    )
    assert found["doc_type"] == "Công văn"
    assert found["title"] == "Tăng cường phòng, chống rét cho gia súc"


def test_a_town_of_one_province_tells_it() -> None:
    head = f"ỦY BAN NHÂN DÂN\nSố: 9/KH-UBND\n{MOTTO}Vị Thanh, ngày 6 tháng 4 năm 2015"
    found = values(f"{head}\n\nKẾ HOẠCH\n\nCông tác văn thư năm 2015\n{BODY}")
    assert found["province"] == "Hậu Giang"


def test_a_scan_may_lose_the_first_word_of_the_peoples_committee() -> None:
    head = f"BAN NHÂN DÂN TĨNH\nSố: 9/KH-UBND\n{MOTTO}Phú Thọ, ngày 6 tháng 4 năm 2015"
    found = values(f"{head}\n\nKẾ HOẠCH\n\nCông tác văn thư năm 2015\n{BODY}")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Phú Thọ"


def test_the_first_letter_of_the_peoples_committee_may_be_lost() -> None:
    head = f"Y BAN NHÂN DÂN\nTỈNH KON TUM\nSố: 9/KH-UBND\n{MOTTO}Kon Tum, ngày 6 tháng 4 năm 2015"
    found = values(f"{head}\n\nKẾ HOẠCH\n\nCông tác văn thư năm 2015\n{BODY}")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Kon Tum"


def test_the_recipients_may_be_all_that_names_the_province() -> None:
    head = f"ỦY BAN NHÂN DÂN\nXÃ TÂN HƯNG\nSố: 9/KH-UBND\n{MOTTO}Tân Hưng, ngày 6 tháng 4 năm 2015"
    body = BODY.replace("- Như trên;", "- Tỉnh ủy Khánh Hòa (b/c);")
    found = values(f"{head}\n\nKẾ HOẠCH\n\nCông tác văn thư năm 2015\n{body}")
    assert found["province"] == "Khánh Hòa"
    assert found["issuer"] == "Ủy ban nhân dân xã Tân Hưng, tỉnh Khánh Hòa"


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        ("Sở Xây dựng xây dựng Kế hoạch phòng, chống thiên tai như sau:", "Sở Xây dựng tỉnh Nghệ An"),
        ("Ủy ban nhân dân tỉnh xây dựng Kế hoạch triển khai thực hiện Đề án như sau:", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Bộ Chỉ huy Quân sự tỉnh hướng dẫn tổ chức thực hiện Kế hoạch như sau:", "Bộ Chỉ huy Quân sự tỉnh Nghệ An"),
        ("Sở Nội vụ đề nghị các đơn vị xây dựng kế hoạch như sau:", "Sở Nội vụ tỉnh Nghệ An"),
        (
            "Ban Chỉ đạo thực hiện Quy chế dân chủ huyện Tân Kỳ triển khai kế hoạch như sau:",
            "Ban Chỉ đạo thực hiện Quy chế dân chủ huyện Tân Kỳ, tỉnh Nghệ An",
        ),
    ],
)
def test_the_lead_in_names_the_issuer_up_to_its_verb(sentence: str, issuer: str) -> None:
    head = "Số: 5/KH-ABC\nVinh, ngày 5 tháng 6 năm 2023\n\nKẾ HOẠCH\nCông tác năm 2023"
    assert values(f"{head}\n\n{sentence}\n{BODY}")["issuer"] == issuer


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        ("UBND TỈNH LÀO CAI\nBAN CHỈ ĐẠO\nPHÒNG, CHỐNG TỘI PHẠM", "Ban Chỉ đạo phòng, chống tội phạm tỉnh Lào Cai"),
        ("UBND TỈNH LÀO CAI\nBỆNH VIỆN MẮT - DA LIỄU", "Bệnh viện Mắt - Da liễu tỉnh Lào Cai"),
        ("BẢO HIỂM XÃ HỘI\nTỈNH LÀO CAI", "Bảo hiểm xã hội tỉnh Lào Cai"),
        ("ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH\nTỈNH LÀO CAI", "Đài Phát thanh và Truyền hình tỉnh Lào Cai"),
    ],
)
def test_names_broken_before_a_word_that_could_be_a_head(left: str, issuer: str) -> None:
    head = f"{left}\nSố: 5/KH-ABC\n{MOTTO}Lào Cai, ngày 5 tháng 6 năm 2023\n\nKẾ HOẠCH\nCông tác năm 2023"
    assert values(f"{head}\n{BODY}")["issuer"] == issuer

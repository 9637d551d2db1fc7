"""Whole papers of many kinds of offices: joint ones, and layouts of web pages, Markdown and tabbed text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from pipeline.extract import extract
from pipeline.ingest import read_document
from pipeline.ingest.limits import Limits
from pipeline.nlp import read
from pipeline.records import PlanRecord
from pipeline.text import compose

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
TITLE = "\nKẾ HOẠCH\n\nCông tác văn thư, lưu trữ năm 2024\n"
BODY = (
    "\nI. MỤC ĐÍCH, YÊU CẦU\n\n1. Nâng cao chất lượng công tác trong năm.\n\n2. Bảo đảm thiết thực, hiệu quả.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n\nCác đơn vị báo cáo kết quả trước ngày 30/11/2024.\n\n"
)
RECIPIENTS = "Nơi nhận:\n- UBND tỉnh (b/c);\n- Các phòng, ban;\n- Lưu: VT.\n"

PARAGRAPHS = "<p>{}</p>"
KEYS = [
    "issuer",
    "issuer_level",
    "province",
    "issue_place",
    "number",
    "symbol",
    "signer_name",
    "signer_title",
    "sign_authority",
    "title",
]
Read = Callable[..., PlanRecord]


@pytest.fixture
def paper(tmp_path: Path, nlp: Language) -> Read:
    def run(text: str, suffix: str = ".txt") -> PlanRecord:
        path = tmp_path / f"a{suffix}"
        path.write_text(text, encoding="utf-8")
        return extract(read(compose(read_document(path, path.name, Limits())), nlp), path.name)

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "UBND TỈNH PHÚ THỌ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ - LIÊN ĐOÀN LAO ĐỘNG              Độc lập - Tự do - Hạnh phúc\nTỈNH\nSố: 12/KHLT-SNV-LĐLĐ                  Phú Thọ, ngày 5 tháng 3 năm 2024\n"
            + TITLE
            + BODY
            + "LIÊN ĐOÀN LAO ĐỘNG TỈNH                         SỞ NỘI VỤ\nPHÓ CHỦ TỊCH                                   KT. GIÁM ĐỐC\n                                              PHÓ GIÁM ĐỐC\n\n(Đã ký)                                        (Đã ký)\n\nHà Thị Bích                                     Đỗ Quang Minh\n\n"
            + RECIPIENTS,
            "Sở Nội vụ tỉnh Phú Thọ; Liên đoàn Lao động tỉnh Phú Thọ|department|Phú Thọ|Phú Thọ|12|KHLT-SNV-LĐLĐ|Hà Thị Bích; Đỗ Quang Minh|Phó Chủ tịch; Phó Giám đốc|KT. Giám đốc",
            id="two bodies on one line, two signers beside each other",
        ),
        pytest.param(
            "SỞ TƯ PHÁP\nBÁO VÀ PHÁT THANH, TRUYỀN HÌNH\nSố: 31/KHPH-STP-BPTTH\n"
            + MOTTO
            + "Cà Mau, ngày 5 tháng 8 năm 2025\n"
            + TITLE
            + BODY
            + "SỞ TƯ PHÁP\nGIÁM ĐỐC\n\n(Đã ký)\n\nVõ Thị Sáu Hạnh\n\nBÁO VÀ PHÁT THANH, TRUYỀN HÌNH\nTỔNG BIÊN TẬP\n\n(Đã ký)\n\nLý Trường Sơn\n\n"
            + RECIPIENTS,
            "Sở Tư pháp tỉnh Cà Mau; Báo và Phát thanh, Truyền hình tỉnh Cà Mau|department|Cà Mau|Cà Mau|31|KHPH-STP-BPTTH|Võ Thị Sáu Hạnh; Lý Trường Sơn|Giám đốc; Tổng biên tập|None",
            id="two bodies and two signers one below the other",
        ),
        pytest.param(
            "<html><body><table><tr><td><p><b>SỞ Y TẾ</b></p><p><b>TỈNH NINH THUẬN</b></p><p>Số: 44/KHLN-SYT-BHXH</p></td><td><p><b>BẢO HIỂM XÃ HỘI</b></p><p><b>TỈNH NINH THUẬN</b></p></td></tr></table><p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p align=center>Độc lập - Tự do - Hạnh phúc</p><p>Ninh Thuận, ngày 5 tháng 8 năm 2022</p><p align=center><b>KẾ HOẠCH</b></p><p align=center><b>Phối hợp năm 2023</b></p>"
            + PARAGRAPHS.format("</p><p>".join(BODY.strip().split("\n")))
            + "<table><tr><td><p><b>KT. GIÁM ĐỐC SỞ Y TẾ</b></p><p><b>PHÓ GIÁM ĐỐC</b></p><p>(Đã ký)</p><p><b>Lê Huy Thạch Kim</b></p></td><td><p><b>GIÁM ĐỐC BHXH TỈNH</b></p><p><br></p><p>(Đã ký)</p><p><b>Ngô Văn Tám</b></p></td></tr></table>"
            + PARAGRAPHS.format("</p><p>".join(RECIPIENTS.strip().split("\n")))
            + "</body></html>",
            "Sở Y tế tỉnh Ninh Thuận; Bảo hiểm xã hội tỉnh Ninh Thuận|department|Ninh Thuận|Ninh Thuận|44|KHLN-SYT-BHXH|Lê Huy Thạch Kim; Ngô Văn Tám|Phó Giám đốc; Giám đốc BHXH tỉnh|KT. Giám đốc Sở Y tế|Phối hợp năm 2023",
            id="two header columns, one a body",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN - ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH SƠN LA\nSố: 7/CTPH-UBND-MTTQ\n"
            + MOTTO
            + "Sơn La, ngày 5 tháng 8 năm 2022\n\nCHƯƠNG TRÌNH PHỐI HỢP\n\nGiám sát năm 2023\n"
            + BODY
            + "TM. ỦY BAN MTTQ VIỆT NAM TỈNH\nCHỦ TỊCH\n\n(Đã ký)\n\nVi Đức Thọ\n\nTM. ỦY BAN NHÂN DÂN TỈNH\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n(Đã ký)\n\nLò Minh Hùng\n\n"
            + RECIPIENTS,
            "Ủy ban nhân dân tỉnh Sơn La; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sơn La|province|Sơn La|Sơn La|7|CTPH-UBND-MTTQ|Vi Đức Thọ; Lò Minh Hùng|Chủ tịch; Phó Chủ tịch|TM. Ủy ban MTTQ Việt Nam tỉnh; TM. Ủy ban nhân dân tỉnh, KT. Chủ tịch",
            id="people's committee and front",
        ),
        pytest.param(
            "UBND HUYỆN NA RÌ\nPHÒNG NỘI VỤ - CÔNG AN HUYỆN\nSố: 7/KHLT-PNV-CAH\n"
            + MOTTO
            + "Na Rì, ngày 5 tháng 8 năm 2022\n"
            + TITLE
            + BODY
            + RECIPIENTS,
            "Phòng Nội vụ huyện Na Rì, tỉnh Bắc Kạn; Công an huyện Na Rì, tỉnh Bắc Kạn|district|Bắc Kạn|Na Rì|7|KHLT-PNV-CAH",
            id="two offices of a district",
        ),
        pytest.param(
            "UBND TỈNH BẮC GIANG\nSỞ TƯ PHÁP\nSố: 7/KHPH-STP\n"
            + MOTTO
            + "Bắc Giang, ngày 5 tháng 8 năm 2022\n\nKẾ HOẠCH PHỐI HỢP\n\nThực hiện công tác năm 2023\n"
            + BODY
            + RECIPIENTS
            + "GIÁM ĐỐC\n\nĐoàn Văn Học\n",
            "Sở Tư pháp tỉnh Bắc Giang|department|Bắc Giang|Bắc Giang|7|KHPH-STP|Đoàn Văn Học",
            id="a joint kind of paper by one body",
        ),
        pytest.param(
            "LIÊN NGÀNH\nTÒA ÁN NHÂN DÂN - VIỆN KIỂM SÁT NHÂN DÂN - CÔNG AN\nTỈNH ĐẮK LẮK\nSố: 7/KHLN-TAND-VKSND-CA\n"
            + MOTTO
            + "Đắk Lắk, ngày 5 tháng 8 năm 2022\n"
            + TITLE
            + BODY
            + RECIPIENTS,
            "Tòa án nhân dân tỉnh Đắk Lắk; Viện kiểm sát nhân dân tỉnh Đắk Lắk; Công an tỉnh Đắk Lắk|department|Đắk Lắk|Đắk Lắk",
            id="three bodies of a province",
        ),
        pytest.param(
            "ĐẢNG BỘ XÃ SỐP CỘP\nBAN XÂY DỰNG ĐẢNG\n*\nSố 11-KH/BXDĐ\nĐẢNG CỘNG SẢN VIỆT NAM\nSốp Cộp, ngày 7 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Đảng ủy xã (b/c);\n- Lưu: BXDĐ.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nVì Thị Hom\n",
            "Ban Xây dựng Đảng Đảng bộ xã Sốp Cộp, tỉnh Sơn La|party|Sơn La|Sốp Cộp|11|KH/BXDĐ|Vì Thị Hom|Phó Trưởng Ban|K/T Trưởng Ban",
            id="a party office of a commune",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nXÃ NÀ PHẶC\nTRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG\nSố: 03/KH-TTPVHCC\n"
            + MOTTO
            + "Nà Phặc, ngày 7 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + RECIPIENTS,
            "Trung tâm Phục vụ hành chính công xã Nà Phặc, tỉnh Thái Nguyên|commune|Thái Nguyên|Nà Phặc|03|KH-TTPVHCC",
            id="a service centre of a commune",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nVĂN PHÒNG\nSố: 03/KH-VP\n"
            + MOTTO
            + "Lâm Đồng, ngày 7 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + RECIPIENTS
            + "KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nHà Thị Én\n",
            "Văn phòng Ủy ban nhân dân tỉnh Lâm Đồng|department|Lâm Đồng|Lâm Đồng|03|KH-VP|Hà Thị Én|Phó Chánh Văn phòng|KT. Chánh Văn phòng",
            id="the office of the people's committee",
        ),
        pytest.param(
            "UBND PHƯỜNG VỊ KHÊ\nTRƯỜNG MẦM NON HOA SEN\nSố:…. /KH-MNHS\n"
            + MOTTO
            + "Vị Khê, ngày …. tháng 9 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Phòng VHXH (để b/c);\n- Tổ CM (để t/h);\n- Lưu: VT.\nHIỆU TRƯỞNG\n\n\nTrần Thị Mai\n",
            "Trường Mầm non Hoa Sen|school|Ninh Bình|Vị Khê|None|KH-MNHS|Trần Thị Mai|Hiệu trưởng|None",
            id="a kindergarten of a ward",
        ),
        pytest.param(
            "UBND TỈNH CAO BẰNG\nSỞ DÂN TỘC VÀ TÔN GIÁO\nSố:        /KH-SDTTG\n"
            + MOTTO
            + "Cao Bằng, ngày      tháng      năm 2025\n"
            + TITLE
            + BODY
            + RECIPIENTS
            + "GIÁM ĐỐC\n",
            "Sở Dân tộc và Tôn giáo tỉnh Cao Bằng|department|Cao Bằng|Cao Bằng|None|KH-SDTTG|None|Giám đốc",
            id="blank number and date",
        ),
        pytest.param(
            "UBND TỈNH LONG AN\nLIÊN SỞ: TÀI CHÍNH - XÂY DỰNG\nSố: 44/KHLS-STC-SXD\n"
            + MOTTO
            + "Long An, ngày 5 tháng 8 năm 2022\n"
            + TITLE
            + BODY
            + RECIPIENTS,
            "Sở Tài chính tỉnh Long An; Sở Xây dựng tỉnh Long An|department|Long An|Long An|44|KHLS-STC-SXD",
            id="one word for several departments",
        ),
        pytest.param(
            "ỦY BAN\nNHÂN DÂN THÀNH PHỐ HẢI PHÒNG\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do\n- Hạnh phúc\n---------------\n|\nSố: 77\n/KH-UBND\n|\nHải Phòng,\nngày 14 tháng 02 năm 2023\n|\nKẾ HOẠCH\nCÔNG TÁC CẢI CÁCH HÀNH\nCHÍNH NĂM 2023\nThực hiện Nghị\nquyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ; Quyết\nđịnh số 1149/QĐ-BNV ngày 30/12/2021 của Bộ trưởng Bộ Nội\nvụ, Ủy ban nhân\ndân thành phố ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\nNâng cao\nchất lượng phục vụ người dân và doanh nghiệp trên địa bàn.\nTăng cường\ntrách nhiệm của người đứng đầu các cơ quan trong năm.\n",
            "Ủy ban nhân dân thành phố Hải Phòng|province|Hải Phòng|Hải Phòng|77|KH-UBND|None|None|None|CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2023",
            id="lines broken by a web page",
        ),
        pytest.param(
            "| **UBND TỈNH HÀ TĨNH**<br>**SỞ TƯ PHÁP** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>**Độc lập - Tự do - Hạnh phúc** |\n|---|---|\n| Số: 19/KH-STP | *Hà Tĩnh, ngày 05 tháng 3 năm 2024* |\n\n# KẾ HOẠCH\n\n**Công tác văn thư, lưu trữ năm 2024**\n"
            + BODY
            + "\n| **Nơi nhận:**<br>- UBND tỉnh (b/c);<br>- Lưu: VT. | **KT. GIÁM ĐỐC**<br>**PHÓ GIÁM ĐỐC**<br><br>**Phan Thị Mơ** |\n|---|---|\n",
            "Sở Tư pháp tỉnh Hà Tĩnh|department|Hà Tĩnh|Hà Tĩnh|19|KH-STP|Phan Thị Mơ|Phó Giám đốc|KT. Giám đốc|Công tác văn thư, lưu trữ năm 2024",
            id="markdown table for the header",
        ),
        pytest.param(
            "**UBND HUYỆN ĐÔ LƯƠNG**\n**PHÒNG TƯ PHÁP**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n**Độc lập - Tự do - Hạnh phúc**\n\nSố: 03/KH-TP\n\n*Đô Lương, ngày 05 tháng 3 năm 2024*\n\n## **KẾ HOẠCH**\n\n**Công tác văn thư, lưu trữ năm 2024**\n"
            + BODY
            + "**Nơi nhận:**\n\n- UBND huyện (b/c);\n- Lưu: VT.\n\n**TRƯỞNG PHÒNG**\n\n**Cao Xuân Thắng**\n",
            "Phòng Tư pháp huyện Đô Lương, tỉnh Nghệ An|district|Nghệ An|Đô Lương|03|KH-TP|Cao Xuân Thắng|Trưởng phòng|None|Công tác văn thư, lưu trữ năm 2024",
            id="bold markdown lines",
        ),
        pytest.param(
            "HỘI ĐỒNG NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HÀ NAM\tĐộc lập - Tự do - Hạnh phúc\nBAN PHÁP CHẾ\t\nSố:…/KH-BPC\tHà Nam, ngày … tháng 3 năm 2024\n"
            + TITLE
            + BODY
            + "Nơi nhận:\tTM. BAN PHÁP CHẾ\n- TT HĐND tỉnh (b/c);\tTRƯỞNG BAN\n- Lưu: VT.\t\n\n\tTạ Đức Long\n",
            "Ban Pháp chế Hội đồng nhân dân tỉnh Hà Nam|department|Hà Nam|Hà Nam|None|KH-BPC|Tạ Đức Long|Trưởng Ban|TM. Ban Pháp chế",
            id="tabs between the columns",
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN\nXÃ YÊN LẠC\n-------\nSố:……/KH-UBND\n"
            + MOTTO
            + "Yên Lạc, ngày … tháng 9 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Thường trực Đảng ủy xã;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Thị Thu Hà\n",
            "Ủy ban nhân dân xã Yên Lạc, tỉnh Phú Thọ|commune",
            id="a commune after the merger",
        ),
        pytest.param(
            "ĐẢNG BỘ TỈNH TUYÊN QUANG\nĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH\n*\nSố 27-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nTuyên Quang, ngày 5 tháng 9 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Tỉnh ủy (b/c);\n- Lưu: VPĐU.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nMa Thế Hồng\n",
            "Đảng ủy các cơ quan Đảng tỉnh Tuyên Quang|party|Tuyên Quang|Tuyên Quang|27|KH/ĐU|Ma Thế Hồng|Phó Bí thư Thường trực|T/M Ban Thường vụ",
            id="party committee of the party offices",
        ),
        pytest.param(
            "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG\nSố: 15/KH-HĐND\n"
            + MOTTO
            + "Đà Nẵng, ngày 5 tháng 9 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VT.\nTM. THƯỜNG TRỰC HĐND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐoàn Ngọc Hùng Anh\n",
            "Hội đồng nhân dân thành phố Đà Nẵng|province|Đà Nẵng|Đà Nẵng|15|KH-HĐND|Đoàn Ngọc Hùng Anh|Phó Chủ tịch|TM. Thường trực HĐND, KT. Chủ tịch",
            id="people's council",
        ),
        pytest.param(
            "BỘ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 2215/KH-BKHCN\n"
            + MOTTO
            + "Hà Nội, ngày 5 tháng 9 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nBùi Hoàng Phương An\n",
            "Bộ Khoa học và Công nghệ|central|None|Hà Nội|2215|KH-BKHCN|Bùi Hoàng Phương An|Thứ trưởng|KT. Bộ trưởng",
            id="a ministry",
        ),
        pytest.param(
            "SỞ GD&ĐT KHÁNH HÒA\nTRƯỜNG THPT LÊ HỒNG PHONG\nSố: 08/KH-LHP\n"
            + MOTTO
            + "Nha Trang, ngày 5 tháng 9 năm 2024\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Sở GD&ĐT;\n- Lưu: VT.\nHIỆU TRƯỞNG\n\nThS. Trần Bảo Long\n",
            "Trường Trung học phổ thông Lê Hồng Phong|school|Khánh Hòa|Nha Trang|08|KH-LHP|Trần Bảo Long|Hiệu trưởng|None",
            id="a school",
        ),
        pytest.param(
            "SỞ Y TẾ LẠNG SƠN\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT\nSố: 08/KH-KSBT\n"
            + MOTTO
            + "Lạng Sơn, ngày 5 tháng 9 năm 2024\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nGIÁM ĐỐC\n\nBSCKII. Lý Kim Soi\n",
            "Trung tâm Kiểm soát bệnh tật tỉnh Lạng Sơn|department|Lạng Sơn|Lạng Sơn|08|KH-KSBT|Lý Kim Soi|Giám đốc|None",
            id="a health centre",
        ),
        pytest.param(
            "UBND TỈNH AN GIANG\nBỆNH VIỆN SẢN - NHI\nSố: 08/KH-BVSN\n"
            + MOTTO
            + "An Giang, ngày 5 tháng 9 năm 2024\n"
            + TITLE
            + BODY
            + "GIÁM ĐỐC\n\nLý Kim Soi\n\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\n",
            "Bệnh viện Sản - Nhi tỉnh An Giang|department|An Giang|An Giang|08|KH-BVSN|Lý Kim Soi|Giám đốc|None",
            id="a hospital, signer above the recipients",
        ),
        pytest.param(
            "UBND TỈNH BÌNH THUẬN\nBAN CHỈ HUY\nPHÒNG THỦ DÂN SỰ\nSố: 08/KH-BCHPTDS\n"
            + MOTTO
            + "Bình Thuận, ngày 5 tháng 3 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VT.\nTRƯỞNG BAN\n\nPHÓ CHỦ TỊCH UBND TỈNH\nNguyễn Hồng Hải Nam\n",
            "Ban Chỉ huy phòng thủ dân sự tỉnh Bình Thuận|province|Bình Thuận|Bình Thuận|08|KH-BCHPTDS",
            id="a command of two lines",
        ),
        pytest.param(
            "UBND ĐẶC KHU CÔN ĐẢO\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 08/KH-VHXH\n"
            + MOTTO
            + "Côn Đảo, ngày 5 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VT.\nKT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\nNguyễn Hải Nam\n",
            "Phòng Văn hóa - Xã hội đặc khu Côn Đảo, thành phố Hồ Chí Minh|commune|Hồ Chí Minh|Côn Đảo|08|KH-VHXH|Nguyễn Hải Nam|Phó Trưởng phòng|KT. Trưởng phòng",
            id="a special zone",
        ),
        pytest.param(
            "TỈNH ĐOÀN THANH HÓA\nBCH ĐOÀN XÃ HOẰNG HÓA\n***\nSố: 05-KH/ĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nHoằng Hóa, ngày 5 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VP.\nTM. BAN THƯỜNG VỤ\nBÍ THƯ\n\nLê Thị Nhung\n",
            "Ban Chấp hành Đoàn xã Hoằng Hóa, tỉnh Thanh Hóa|other",
            id="youth union of a commune",
        ),
        pytest.param(
            "ỦY BAN MTTQ VIỆT NAM XÃ TAM HẢI\nSố: 05/KH-MTTQ-BTT\n"
            + MOTTO
            + "Tam Hải, ngày 5 tháng 10 năm 2025\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VP.\nTM. BAN THƯỜNG TRỰC\nCHỦ TỊCH\n\nLê Thị Nhung\n",
            "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tam Hải, thành phố Đà Nẵng|other",
            id="front of a commune",
        ),
        pytest.param(
            "Số: 05/KH-UBND\nTrà Vinh, ngày 5 tháng 10 năm 2022\n"
            + TITLE
            + "\nThực hiện Công văn số 12/BNV-CCVC ngày 3/3/2022 của Bộ Nội vụ, Ủy ban nhân dân tỉnh Trà Vinh đã thống nhất và ban hành Kế hoạch triển khai Chương trình trên địa bàn như sau:\n"
            + BODY,
            "Ủy ban nhân dân tỉnh Trà Vinh|province|Trà Vinh|Trà Vinh|05|KH-UBND",
            id="the lead-in tells the issuer",
        ),
        pytest.param(
            "UBND TỈNH GIA LAI\nSỞ CÔNG THƯƠNG\nSố:........./KH-SCT\n"
            + MOTTO
            + "Gia Lai, ngày ....... tháng ....... năm 2024\n"
            + TITLE
            + BODY
            + "Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\n\n",
            "Sở Công Thương tỉnh Gia Lai|department|Gia Lai|Gia Lai|None|KH-SCT|None|Giám đốc",
            id="dots for number and date",
        ),
    ],
)
def test_whole_papers(paper: Read, text: str, expected: str) -> None:
    suffix = ".html" if text.startswith("<html") else ".md" if "**" in text else ".txt"
    record = paper(text, suffix)
    wanted = dict(zip(KEYS, expected.split("|"), strict=False))
    assert {key: str(record.value(key)) for key in wanted} == wanted
    if "Nơi nhận" in text:
        assert record.recipients[-1].is_archive
    signers = str(record.value("signer_name")).split("; ")
    assert not any(name in task.text for name in signers for task in record.tasks)


def test_a_second_body_in_the_right_column_needs_a_joint_paper(paper: Read) -> None:
    head = "TỈNH ĐOÀN BẮC KẠN                       ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 9/KHPH-TĐTN-STP                 Bắc Kạn, ngày 5 tháng 8 năm 2022\n"
    assert paper(head + TITLE + BODY + RECIPIENTS).value("issuer") == "Tỉnh đoàn Bắc Kạn"

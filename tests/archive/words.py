"""What made-up plans speak of: the registers of rules/ for names, and words of their own for work."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from pipeline.rulebook import rules_dir

VERBS = (
    *("Rà soát", "Tổ chức", "Xây dựng", "Kiểm tra", "Đánh giá", "Tổng hợp", "Tập huấn", "Hướng dẫn", "Thẩm định", "Công bố"),
    *("Niêm yết", "Củng cố", "Nhân rộng", "Biểu dương", "Khảo sát", "Cập nhật", "Sắp xếp", "Bổ sung", "Theo dõi", "Đôn đốc"),
)  # fmt: skip
THINGS = (
    *("hồ sơ khen thưởng", "quy chế làm việc", "điển hình tiên tiến", "sổ theo dõi công văn", "kho lưu trữ", "tủ sách pháp luật"),
    *("phiếu chấm điểm thi đua", "đường dây nóng", "bộ phận một cửa", "trang thông tin điện tử", "lớp bồi dưỡng", "hội nghị giao ban"),
    *("bảng tin khu dân cư", "hạng mục sửa chữa", "mô hình tiết kiệm điện", "vườn cây của trường", "tổ hòa giải", "quỹ khuyến học"),
    *("danh sách hộ nghèo", "chương trình văn nghệ", "giải chạy việt dã", "phòng đọc", "hệ thống loa truyền thanh", "bến thuyền"),
)  # fmt: skip
PLACES = (
    *("ở các xã vùng cao", "trên địa bàn toàn tỉnh", "trong các trường học", "tại khu công nghiệp", "ở phường trung tâm"),
    *("tại các chợ đầu mối", "trong khối cơ quan", "ở các thôn, bản", "tại trạm y tế", "dọc tuyến biên giới", "ở vùng bãi ngang"),
)  # fmt: skip
ENDS = (
    *("bảo đảm đúng quy định", "gắn với cải cách hành chính", "tránh hình thức, phô trương", "có sự tham gia của đoàn viên"),
    *("lấy ý kiến nhân dân trước khi thực hiện", "tiết kiệm, hiệu quả", "phân công rõ người, rõ việc", "công khai kết quả"),
    *("ưu tiên nơi còn khó khăn", "kịp thời khen thưởng cá nhân có thành tích", "rút kinh nghiệm từ năm trước"),
)  # fmt: skip
SUBJECTS = (
    *("Công tác thi đua, khen thưởng", "Cải cách hành chính nhà nước", "Phòng, chống thiên tai", "Phổ biến, giáo dục pháp luật"),
    *("Chuyển đổi số", "Xây dựng nông thôn mới", "Phát triển du lịch cộng đồng", "Chăm sóc người cao tuổi", "Văn thư, lưu trữ"),
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quang", "Hữu")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Sơn",
    "Tâm",
    "Vinh",
    "Yến",
)
LAST_DAY_OF_THE_63 = "2025-06-30"
"""Until then there were 63 provinces with districts: the years in which made-up plans are issued."""


@dataclass(frozen=True, slots=True)
class Registers:
    """Names from rules/*.csv that were in force before the merger of 2025."""

    provinces: tuple[tuple[str, str], ...]
    """Short name and kind: ("Cao Bằng", "tỉnh")."""
    districts: dict[str, tuple[str, ...]]
    departments: tuple[str, ...]
    campaigns: tuple[str, ...]


@cache
def registers() -> Registers:
    """Read once a process."""
    provinces = [row for row in _rows("provinces") if row["valid_to"] == LAST_DAY_OF_THE_63]
    seats = [row for row in _rows("seats") if row["kind"] == "huyện"]
    units = [row["name"] for row in _rows("units") if row["level"] == "department" and row["name"].startswith("Sở ")]
    return Registers(
        tuple((row["name"], row["kind"]) for row in provinces),
        {row["name"]: tuple(s["name"] for s in seats if s["province"] == row["name"]) for row in provinces},
        tuple(units),
        tuple(row["name"] for row in _rows("campaigns")),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (rules_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

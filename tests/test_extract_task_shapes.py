"""Shapes of plans: months as headings, roles of a school, sub-lines, timetables, wide tables, bound papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from pipeline.extract.sections import read_sections
from pipeline.extract.tasks import read_tasks
from pipeline.extract.zones import find_zones
from pipeline.nlp import Reading
from pipeline.records import Task
from tests.test_extract_tasks import CONTEXT, HEAD, Reader, table_tasks, tasks_in, units, wide, work

ORGANIZE = "III. TỔ CHỨC THỰC HIỆN\n"


@pytest.fixture(scope="module")
def tasks_of(reading_of: Callable[[str], Reading]) -> Reader:
    return lambda body: tasks_in(reading_of(HEAD + body))


def months(tasks: Sequence[Task]) -> list[tuple[str | None, str | None, int | None, int | None]]:
    """Label, kind of period, first and last month."""
    return [
        (
            t.label,
            t.period.kind,
            t.period.start.month if t.period.start else None,
            t.period.end.month if t.period.end else None,
        )
        for t in tasks
    ]


def test_months_as_headings_without_numbering(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. NỘI DUNG\nTháng 02\n- Ban hành kế hoạch văn thư.\nTháng 3 - 5\n- Tập huấn lưu trữ cho cấp xã.\n"
        "Nửa đầu tháng 9\n- Kiểm tra việc lập hồ sơ; phòng Nội vụ tổng hợp kết quả.\n"
        "Hằng tháng\n- Báo cáo số văn bản đi, đến.\nQuý IV\n- Tổng kết.\n"
    )
    assert months(tasks) == [
        (None, "month", 2, 2),
        (None, "range", 3, 5),
        (None, "month", 9, 9),
        (None, "recurring", None, None),
        (None, "quarter", 10, 12),
    ]
    assert units(tasks[2]) == [("Phòng Nội vụ", "performer")]


def test_a_period_in_brackets_or_after_a_colon_covers_the_items_below(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. TIẾN ĐỘ\n1. Bước chuẩn bị (từ ngày 01/3 đến ngày 15/4/2031)\na) Thành lập tổ giúp việc.\n"
        "b) Khảo sát thực trạng kho lưu trữ:\n- Khảo sát tại 05 xã vùng cao.\n+ Lập phiếu khảo sát.\n"
        "2. Bước triển khai: từ tháng 5 đến tháng 9 năm 2031\n- Chỉnh lý tài liệu tồn đọng.\n"
        "3. 6 tháng cuối năm\n- Nghiệm thu, bàn giao kho.\n"
    )
    assert months(tasks) == [
        ("a", "range", 3, 4),
        (None, "range", 3, 4),
        (None, "range", 3, 4),
        (None, "range", 5, 9),
        (None, "half", 7, 12),
    ]


def test_times_at_the_head_of_items(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. NỘI DUNG CÔNG VIỆC\n- Từ 01/3 - 15/3/2031: Rà soát danh sách.\n- Tuần 2 tháng 4: Sơ khảo các bài thi.\n"
        "- Hằng quý: Báo cáo tiến độ.\n- Thường xuyên: Cập nhật phần mềm.\n- Khi có yêu cầu: Báo cáo đột xuất.\n"
    )
    assert [(t.kind, t.period.kind) for t in tasks] == [
        ("scheduled", kind) for kind in ("range", "month", "recurring", "ongoing", "on_demand")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Hiệu trưởng\n- Chỉ đạo chung.", [("Hiệu trưởng", "performer")]),
        (
            "1. Phó Hiệu trưởng phụ trách chuyên môn: Xếp thời khóa biểu, phân công giáo viên dạy thay.",
            [("Phó Hiệu trưởng phụ trách chuyên môn", "performer")],
        ),
        (
            "1. Giáo viên chủ nhiệm và Tổng phụ trách Đội\n- Nắm tình hình của lớp.",
            [("Giáo viên chủ nhiệm", "performer"), ("Tổng phụ trách Đội", "performer")],
        ),
        (
            "1. Học sinh và cha mẹ học sinh\n- Thực hiện đúng nội quy.",
            [("Học sinh", "performer"), ("Cha mẹ học sinh", "performer")],
        ),
        (
            "1. Bí thư chi bộ, trưởng thôn\n- Vận động nhân dân.",
            [("Bí thư chi bộ", "performer"), ("Trưởng thôn", "performer")],
        ),
        ("1. Đối với cán bộ, công chức\n- Nêu cao trách nhiệm.", [("Cán bộ, công chức", "performer")]),
        (
            "1. Trung tâm Giám sát, điều hành đô thị: Chủ trì, phối hợp với VNPT, FPT giữ đường truyền.",
            [("Trung tâm Giám sát, điều hành đô thị", "lead"), ("VNPT", "coordinator"), ("FPT", "coordinator")],
        ),
        ("1. Cơ sở khám chữa bệnh: Cử người tham dự đầy đủ.", [("Cơ sở khám chữa bệnh", "performer")]),
        (
            "1. Giao Giám đốc: Sở Y tế, Sở Nội vụ; Chủ tịch UBND huyện triển khai thực hiện.",
            [("Sở Y tế", "performer"), ("Sở Nội vụ", "performer"), ("Chủ tịch UBND huyện", "performer")],
        ),
        (
            "1. Phối hợp với Bưu điện huyện trả kết quả tại nhà; Phòng Nội vụ theo dõi.",
            [("Bưu điện huyện", "coordinator"), ("Phòng Nội vụ", "performer")],
        ),
    ],
)
def test_duties_by_role(tasks_of: Reader, body: str, expected: Sequence[tuple[str, str]]) -> None:
    task = tasks_of(f"{ORGANIZE}{body}\n2. Phòng Tài chính bố trí kinh phí thực hiện.\n")[0]
    assert sorted(units(task)) == sorted(expected)


def test_who_and_when_inside_and_below_an_item(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. NHIỆM VỤ\n1. Xây dựng chuyên mục do Văn phòng huyện chủ trì, hoàn thành trong quý I/2031.\n"
        "2. Treo băng rôn tại các trục đường.\n"
        "- Thời gian hoàn thành: trước ngày 15/3/2031; Đơn vị chủ trì: Trung tâm Văn hóa; Đơn vị phối hợp: UBND các xã.\n"
        "3. Số hóa tài liệu (Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện; thời gian: Quý II).\n"
        "4. Mua sắm máy quét. Thời gian hoàn thành: tháng 6/2031; đơn vị chủ trì: Văn phòng.\n"
    )
    assert [units(t) for t in tasks] == [
        [("Văn phòng huyện", "lead")],
        [("Trung tâm Văn hóa", "lead"), ("UBND các xã", "coordinator")],
        [("Sở Nội vụ", "lead"), ("Sở Tài chính", "coordinator")],
        [("Văn phòng", "lead")],
    ]
    assert [(t.period.quarters, t.deadline) for t in tasks] == [
        (("2031-Q1",), None),
        ((), dt.date(2031, 3, 15)),
        (("2031-Q2",), None),
        (("2031-Q2",), None),
    ]


def test_an_assignment_in_a_sentence_names_units_not_their_work(tasks_of: Reader) -> None:
    (task,) = tasks_of(
        "II. NHIỆM VỤ\n1. Mua sắm máy quét.\n- Phân công: Phòng Tài chính thẩm định dự toán; Văn phòng theo dõi chung.\n"
        "- Thời gian: tháng 9/2031. Thực hiện theo quy định về đấu thầu.\n"
    )
    assert units(task) == [("Phòng Tài chính", "performer"), ("Văn phòng", "performer")]
    assert task.period.text == "tháng 9/2031"


def test_a_recurrence_before_a_comma_sets_no_time_of_its_own(tasks_of: Reader) -> None:
    tasks = tasks_of("II. GIẢI PHÁP\n1. Hằng năm, rà soát danh mục hồ sơ.\n2. Hằng năm: rà soát danh mục hồ sơ.\n")
    assert [t.kind for t in tasks] == ["directive", "scheduled"]


def test_days_an_item_says_for_itself(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. NỘI DUNG\n1. Tổ chức sơ khảo: từ 01/3 đến 15/3/2031 tại các xã.\n2. Trao giải: dự kiến ngày 19/5/2031.\n"
        "3. Sắp xếp kho lưu trữ, chậm nhất ngày 30/11/2031.\n4. Kỷ niệm ngày thành lập ngành (03/01/1946 - 03/01/2031).\n"
    )
    assert [(t.kind, t.period.start, t.deadline) for t in tasks] == [
        ("scheduled", dt.date(2031, 3, 1), None),
        ("scheduled", dt.date(2031, 5, 19), None),
        ("scheduled", None, dt.date(2031, 11, 30)),
        ("directive", None, None),
    ]


def test_a_run_in_unit_before_plain_words_is_an_item_not_a_heading(tasks_of: Reader) -> None:
    tasks = tasks_of(f"{ORGANIZE}1. Phòng Y tế: Chuẩn bị thuốc.\nGiao Chánh Văn phòng theo dõi việc thực hiện.\n")
    assert [units(t) for t in tasks] == [[("Phòng Y tế", "performer")], [("Chánh Văn phòng", "performer")]]


def test_a_point_that_ocr_lost_in_a_label_is_put_back(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "III. PHÂN CÔNG\n4. Nhiệm vụ của từng người\n4.1. Ông An: Phụ trách chung của đoàn.\n"
        "4.2. Bà Bình: Kiểm tra sổ sách.\n43. Ông Chung: Lập biên bản.\n"
    )
    assert [t.label for t in tasks] == ["4.1", "4.2", "4.3"]


def test_an_event_with_its_time_and_place_is_one_item(tasks_of: Reader) -> None:
    (task,) = tasks_of(
        "II. NỘI DUNG\n1. Hội nghị sơ kết\na) Thời gian: Tháng 7/2031.\nb) Địa điểm: Hội trường huyện.\n"
        "c) Thành phần: Lãnh đạo các phòng.\n"
    )
    assert (task.text, task.kind, task.period.text) == ("Hội nghị sơ kết", "scheduled", "Tháng 7/2031")


@pytest.mark.parametrize(
    "line",
    [
        "Ủy ban nhân dân huyện giao nhiệm vụ cho các đơn vị như sau:",
        "(Đính kèm phụ lục chi tiết)./.",
        "Chánh Văn phòng và các đơn vị chịu trách nhiệm thi hành Quyết định này./.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
    ],
)
def test_words_about_the_paper_itself_are_no_tasks(tasks_of: Reader, line: str) -> None:
    assert not tasks_of(f"{ORGANIZE}{line}\n")


# --- tables -----------------------------------------------------------------------------------


def test_a_wide_table_with_a_start_and_a_finish_column(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            [wide("STT", 0, 1, 2), wide("Nhiệm vụ", 1, 1, 2), wide("Sản phẩm", 2, 1, 2), wide("Thời gian", 3, 2),
             wide("Phân công", 5, 2), wide("Kinh phí", 7, 1, 2), wide("Ghi chú", 8, 1, 2)],
            [wide("Bắt đầu", 3, 1), wide("Hoàn thành", 4, 1), wide("Chủ trì", 5, 1), wide("Phối hợp", 6, 1)],
            ["1", "Ban hành quy chế", "Quyết định", "01/2031", "3/2031", "Sở Nội vụ", "VTV, VOV", "50", ""],
            ["2", "Tập huấn", "02 lớp", "Tháng 4", "Tháng 5", "-nt-", "Các sở, ban, ngành, Doanh nghiệp", "", ""],
            ["3", "Xây dựng phần mềm", "", "", "Trước 30/9/2031", "Ban quản lý dự án đầu tư xây dựng tỉnh", "", "", ""],
        ],
    )  # fmt: skip
    assert months(tasks) == [("1", "range", 1, 3), ("2", "range", 4, 5), ("3", None, None, None)]
    assert units(tasks[0]) == [("Sở Nội vụ", "lead"), ("VTV", "coordinator"), ("VOV", "coordinator")]
    assert units(tasks[1])[1:] == [("Các sở, ban, ngành", "coordinator"), ("Doanh nghiệp", "coordinator")]
    assert units(tasks[2]) == [("Ban quản lý dự án đầu tư xây dựng tỉnh", "lead")]
    assert tasks[2].deadline == dt.date(2031, 9, 30)


def test_a_weekly_timetable(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            ["Thứ, ngày", "Thời gian", "Nội dung", "Địa điểm"],
            [wide("Thứ Hai 03/3", 0, 1, 2), "8h00", "Họp giao ban", "P.1"],
            [wide("14h00", 1, 1), wide("Làm việc với Sở Tài chính", 2, 1), wide("P.2", 3, 1)],
            ["Thứ Ba 04/3", "8h00", "Hội nghị công chức", "Hội trường"],
        ],
    )
    assert [t.period.start for t in tasks] == [dt.date(2031, 3, day) for day in (3, 3, 4)]


def test_roles_said_in_one_line_of_a_cell(nlp: object) -> None:
    (task,) = table_tasks(
        nlp,
        [
            ["TT", "Nội dung", "Đơn vị chủ trì, phối hợp", "Thời hạn"],
            ["1", "Rà soát thủ tục", "Chủ trì: Văn phòng Sở; phối hợp: Các phòng", "Quý I và quý III"],
        ],
    )
    assert units(task) == [("Văn phòng Sở", "lead"), ("Các phòng", "coordinator")]
    assert task.period.quarters == ("2031-Q1", "2031-Q3")


# --- papers that are no plan --------------------------------------------------------------------


def kinds(reading: Reading, doc_type: str | None) -> list[str]:
    zones = find_zones(reading)
    context = replace(CONTEXT, doc_type=doc_type)
    return [task.kind for task in read_tasks(reading, zones, read_sections(reading, zones), context)]


@pytest.mark.parametrize(
    ("doc_type", "expected"),
    [
        (None, ["assigned", "assigned"]),
        ("Kế hoạch", ["assigned", "assigned"]),
        ("Chương trình hành động", ["assigned", "assigned"]),
        ("Chỉ thị", ["directive", "directive"]),
        ("Quyết định", ["directive", "directive"]),
        ("Hướng dẫn", ["directive", "assigned"]),
    ],
)
def test_the_items_of_a_paper_that_is_no_plan_are_directives(
    reading_of: Callable[[str], Reading], doc_type: str | None, expected: list[str]
) -> None:
    body = f"II. NỘI DUNG\n1. Giao Sở Nội vụ chủ trì rà soát biên chế.\n{ORGANIZE}1. Sở Y tế theo dõi việc thực hiện.\n"
    assert kinds(reading_of(HEAD + body), doc_type) == expected


def test_a_plan_bound_behind_a_decision_has_items_of_its_own(reading_of: Callable[[str], Reading]) -> None:
    decision = (
        "QUYẾT ĐỊNH\nBan hành Kế hoạch văn thư năm 2031\nCăn cứ Luật Lưu trữ năm 2024;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch văn thư năm 2031.\n"
        "Điều 2. Giao Sở Nội vụ chủ trì theo dõi việc thực hiện.\n"
        "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.\n"
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNông Văn Thành\n"
    )
    plan = (
        "KẾ HOẠCH\nVăn thư năm 2031\n(Ban hành kèm theo Quyết định số 77/QĐ-UBND của UBND tỉnh)\n"
        "I. NỘI DUNG\n1. Quý I\n- Ban hành danh mục hồ sơ.\n"
    )
    assert kinds(reading_of(decision), "Quyết định") == ["directive"]
    assert kinds(reading_of(decision + plan), "Quyết định") == ["directive", "scheduled"]
    assert "scheduled" not in kinds(reading_of(decision + plan.replace("KẾ HOẠCH\n", "QUY CHẾ\n")), "Quyết định")


def test_a_table_is_scheduled_work_in_any_paper(nlp: object) -> None:
    tasks = table_tasks(nlp, [["TT", "Nội dung", "Đơn vị thực hiện"], ["1", "Tập huấn lưu trữ", "Văn phòng"]])
    assert [t.kind for t in work(tasks)] == ["scheduled"]

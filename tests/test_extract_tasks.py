"""Tasks: what is one and what is none, with its kind, time and units, from lists, sentences and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from pipeline.extract.context import Context
from pipeline.extract.sections import read_sections
from pipeline.extract.tasks import read_tasks
from pipeline.extract.zones import find_zones
from pipeline.nlp import Reading, read
from pipeline.records import (
    Run,
    SourceCell,
    SourceDocument,
    SourcePage,
    SourceParagraph,
    SourceRow,
    SourceTable,
    Task,
)

HEAD = "KẾ HOẠCH\nCông tác văn thư năm 2031\nỦy ban nhân dân huyện ban hành Kế hoạch như sau:\n"
CONTEXT = Context(plan_year=2031, issue_year=2030, issue_date=dt.date(2030, 12, 20))
Reader = Callable[[str], tuple[Task, ...]]
Units = Sequence[tuple[str, str]]


def tasks_in(reading: Reading) -> tuple[Task, ...]:
    zones = find_zones(reading)
    return read_tasks(reading, zones, read_sections(reading, zones), CONTEXT)


@pytest.fixture(scope="module")
def tasks_of(reading_of: Callable[[str], Reading]) -> Reader:
    return lambda body: tasks_in(reading_of(HEAD + body))


def work(tasks: Sequence[Task]) -> list[Task]:
    return [task for task in tasks if task.kind != "directive"]


def units(task: Task) -> list[tuple[str, str]]:
    return [(unit.unit, unit.role) for unit in task.units]


def test_items_under_a_heading_that_names_a_period(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "I. NỘI DUNG\n1. Nhiệm vụ thực hiện trong Quý II\n- Tổ chức tập huấn nghiệp vụ (nếu có).\n"
        "- Phòng Nội vụ kiểm tra công tác văn thư trước ngày 15/5/2031.\n"
    )
    assert [(t.kind, t.period.text, t.period.quarters) for t in tasks] == [("scheduled", "Quý II", ("2031-Q2",))] * 2
    assert [t.conditional for t in tasks] == [True, False]
    assert (units(tasks[1]), tasks[1].deadline) == ([("Phòng Nội vụ", "performer")], dt.date(2031, 5, 15))


def test_items_under_a_units_heading(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n"
        "- Chủ trì, phối hợp với Văn phòng, các đơn vị liên quan triển khai Kế hoạch.\n"
        "- Phối hợp với Công an huyện kiểm tra.\n- Phối hợp tuyên truyền, phổ biến quy định.\n"
        "- Tổng hợp, báo cáo kết quả.\n"
    )
    lead, helped, helper, plain = (units(t) for t in tasks)
    assert lead == [("Phòng Nội vụ", "lead"), ("Văn phòng", "coordinator"), ("Các đơn vị liên quan", "coordinator")]
    assert helped == [("Phòng Nội vụ", "performer"), ("Công an huyện", "coordinator")]
    assert helper == [("Phòng Nội vụ", "coordinator")]
    assert plain == [("Phòng Nội vụ", "performer")]
    assert {t.kind for t in tasks} == {"assigned"}
    assert [u.inherited for u in tasks[0].units] == [True, False, False]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("1. Phòng Tài chính: Bố trí kinh phí thực hiện.", [("Phòng Tài chính", "performer")]),
        (
            "1. Ông. Trần Văn An - Trưởng đoàn: Phụ trách chung; ký các văn bản.",
            [("Ông. Trần Văn An - Trưởng đoàn", "lead")],
        ),
        (
            "1. Trưởng các phòng cùng toàn thể viên chức nghiêm túc thực hiện.",
            [("Trưởng các phòng", "performer"), ("Toàn thể viên chức", "performer")],
        ),
        (
            "1. Căn cứ Kế hoạch này, Văn phòng chủ trì, phối hợp với các phòng tham mưu.",
            [("Văn phòng", "lead"), ("Các phòng", "coordinator")],
        ),
        ("1. Chủ tịch huyện giao cho phòng Tổng hợp theo dõi việc thực hiện.", [("Phòng Tổng hợp", "performer")]),
        ("1. Đề nghị Hội Nông dân huyện tuyên truyền tới hội viên.", [("Hội Nông dân huyện", "performer")]),
        ("1. In ấn tài liệu phục vụ hội nghị - Văn phòng thực hiện.", [("Văn phòng", "performer")]),
    ],
)
def test_sentences_that_charge_a_unit(tasks_of: Reader, item: str, expected: Units) -> None:
    (task,) = tasks_of(f"II. TỔ CHỨC THỰC HIỆN\n{item}\n2. Việc thực hiện phải thiết thực, tiết kiệm.\n")[:1]
    assert (task.kind, units(task)) == ("assigned", list(expected))


def test_sub_lines_belong_to_their_item(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "I. NỘI DUNG\n1. Đổi mới công tác lưu trữ\n- Tổ chức hội nghị với các doanh nghiệp:\n"
        "+ Đơn vị chủ trì: Phòng Nội vụ.\n+ Đơn vị phối hợp: Văn phòng; các xã, phường.\n"
        "+ Thời gian thực hiện: Trong Quý III/2031.\n+ Sản phẩm: Thông báo kết luận.\n- Rà soát quy chế hiện có.\n"
    )
    (task,) = work(tasks)
    assert (task.kind, task.period.quarters, task.deliverable) == ("scheduled", ("2031-Q3",), "Thông báo kết luận")
    assert units(task) == [("Phòng Nội vụ", "lead"), ("Văn phòng", "coordinator"), ("Các xã, phường", "coordinator")]
    assert [t.kind for t in tasks] == ["scheduled", "directive"]


def test_sub_items_of_a_lead_in_are_for_the_unit_it_directs(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. TỔ CHỨC THỰC HIỆN\n1. Ủy ban nhân dân các huyện\n"
        "- Chỉ đạo, hướng dẫn UBND cấp xã thực hiện các nội dung:\n"
        "+ Thành lập tổ công tác.\n+ Tổng hợp số liệu.\n- Bố trí kinh phí.\n"
    )
    assert [(units(t)[0][0], t.parent) for t in tasks] == [
        ("Ủy ban nhân dân các huyện", None),
        ("UBND cấp xã", 0),
        ("UBND cấp xã", 0),
        ("Ủy ban nhân dân các huyện", None),
    ]


def test_a_time_at_the_head_of_an_item(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "III. THỜI GIAN THỰC HIỆN\n- Từ ngày 01/3/2031 đến ngày 20/3/2031: Các đơn vị gửi bài viết.\n"
        "- Trước ngày 30/4/2031: Ban biên tập hoàn thành bản thảo.\n"
    )
    assert [(t.period.start, t.deadline, units(t)) for t in tasks] == [
        (dt.date(2031, 3, 1), None, [("Các đơn vị", "performer")]),
        (None, dt.date(2031, 4, 30), [("Ban biên tập", "performer")]),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Phòng Nội vụ có trách nhiệm nâng cao chất lượng.\n",
        "I. KẾT QUẢ THỰC HIỆN NĂM 2030\n- Phòng Nội vụ tổ chức 05 cuộc kiểm tra.\n",
        "II. THÀNH PHẦN THAM GIA\n1. Phòng Nội vụ\nĐại diện lãnh đạo và chuyên viên.\n",
        "III. TỔ CHỨC THỰC HIỆN\nTrên đây là Kế hoạch công tác văn thư, đề nghị các đơn vị thực hiện./.\n",
        "II. NỘI DUNG\nCác cơ quan, đơn vị chủ động triển khai phong trào thi đua trong toàn huyện.\n",
    ],
)
def test_what_is_no_work(tasks_of: Reader, body: str) -> None:
    assert work(tasks_of(body)) == []


def test_an_order_in_closing_words_counts(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "I. NỘI DUNG\n- Rà soát quy chế hiện có của cơ quan.\nTrên đây là Kế hoạch công tác văn thư năm 2031; "
        "giao Văn phòng chủ trì, phối hợp với các phòng theo dõi việc thực hiện./.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    )
    assert [units(t) for t in work(tasks)] == [[("Văn phòng", "lead"), ("Các phòng", "coordinator")]]


def test_evidence_re_reads(tasks_of: Reader, reading_of: Callable[[str], Reading]) -> None:
    body = "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Phối hợp với Văn phòng tổng hợp.\n"
    text = reading_of(HEAD + body).plan.text
    (task,) = tasks_of(body)
    assert text[task.evidence.start : task.evidence.end] == task.text
    assert [text[u.evidence.start : u.evidence.end] for u in task.units] == ["Phòng Nội vụ", "Văn phòng"]


# --- tables -----------------------------------------------------------------------------------


def table_tasks(nlp: object, rows: Sequence[Sequence[str | SourceCell]], above: str = "II. NỘI DUNG") -> list[Task]:
    from pipeline.text import compose

    head = [SourceParagraph((Run(line),)) for line in (HEAD + above).split("\n") if line]
    made = tuple(SourceRow(tuple(_cell(c, i) for i, c in enumerate(row))) for row in rows)
    columns = max(c.column + c.column_span for row in made for c in row.cells)
    page = SourcePage(1, (*head, SourceTable(made, columns)))
    source = SourceDocument("1" * 16, "1" * 64, "made-up.docx", "text/plain", 1, (page,))
    return list(tasks_in(read(compose(source), nlp)))  # type: ignore[arg-type]


def _cell(cell: str | SourceCell, column: int) -> SourceCell:
    if isinstance(cell, SourceCell):
        return cell
    return SourceCell(tuple((Run(line),) for line in cell.split("\n")), column)


def wide(text: str, column: int, span: int, rows: int = 1) -> SourceCell:
    return SourceCell(((Run(text),),), column, span, rows)


def test_rows_of_a_table(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            ["TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["I", "Công tác văn thư", "", "", "", ""],
            ["1", "Xây dựng quy chế", "Phòng Nội vụ", "Các phòng, ban", "Quý I", "Quyết định"],
            ["2", "Tập huấn", "Văn phòng; Phòng Nội vụ", "-nt-", "Trước ngày 30/6/2031", ""],
        ],
    )
    assert [(t.label, t.text, t.deliverable) for t in tasks] == [
        ("1", "Xây dựng quy chế", "Quyết định"),
        ("2", "Tập huấn", None),
    ]
    assert units(tasks[0]) == [("Phòng Nội vụ", "lead"), ("Các phòng, ban", "coordinator")]
    assert units(tasks[1]) == [("Văn phòng", "lead"), ("Phòng Nội vụ", "lead"), ("Các phòng, ban", "coordinator")]
    assert (tasks[0].period.quarters, tasks[1].period.text, tasks[1].deadline) == (
        ("2031-Q1",),
        None,
        dt.date(2031, 6, 30),
    )


def test_a_row_that_spans_the_table_names_the_period(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            ["TT", "Nội dung", "Đơn vị thực hiện"],
            [wide("Quý I/2031", 0, 3)],
            ["1", "Tổng kết năm 2030", "Văn phòng chủ trì"],
            [wide("Quý IV/2031", 0, 3)],
            ["1", "Tổng kết năm 2031", "Lãnh đạo cơ quan"],
        ],
    )
    assert [(t.period.quarters, units(t)) for t in tasks] == [
        (("2031-Q1",), [("Văn phòng", "lead")]),
        (("2031-Q4",), [("Lãnh đạo cơ quan", "performer")]),
    ]


def test_a_heading_of_two_rows_and_marks_under_quarters(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            [wide("TT", 0, 1, 2), wide("Nhiệm vụ", 1, 1, 2), wide("Đơn vị thực hiện", 2, 2), wide("Thời gian", 4, 2)],
            [wide("Chủ trì", 2, 1), wide("Phối hợp", 3, 1), wide("Quý I", 4, 1), wide("Quý III", 5, 1)],
            ["1", "Kiểm tra văn thư", "Phòng Nội vụ", "Văn phòng", "x", "x"],
        ],
    )
    assert [(units(t), t.period.quarters) for t in tasks] == [
        ([("Phòng Nội vụ", "lead"), ("Văn phòng", "coordinator")], ("2031-Q1", "2031-Q3"))
    ]


def test_rows_that_go_on_are_one_task(nlp: object) -> None:
    tasks = table_tasks(
        nlp,
        [
            ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"],
            ["1", "Rà soát, chỉnh lý tài liệu", "Văn phòng", "Quý II"],
            ["", "tồn đọng của các năm trước", "Phòng Nội vụ", ""],
        ],
    )
    assert [(t.text, len(t.units)) for t in tasks] == [("Rà soát, chỉnh lý tài liệu tồn đọng của các năm trước", 2)]


@pytest.mark.parametrize(
    "header",
    [["TT", "Họ và tên", "Chức vụ"], ["TT", "Tên đơn vị", "Cấp học"], ["TT", "Nội dung", "Đơn vị", "Thành tiền"]],
)
def test_lists_and_sums_are_no_tasks(nlp: object, header: list[str]) -> None:
    assert table_tasks(nlp, [header, ["1", "Trường A", "Tiểu học", "5"][: len(header)]]) == []


def test_specks_after_the_plans_last_words_are_no_tasks(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Tổng hợp, báo cáo kết quả thực hiện.\n"
        "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện Kế hoạch này./.\n"
        "Nơi - Bộ nhận: PHO HỆ CHỦ TỊCH\n- Thường trực Huyện ủy;\n"
    )
    assert [t.text for t in work(tasks)] == ["Tổng hợp, báo cáo kết quả thực hiện."]


def test_members_of_a_body_are_no_tasks(tasks_of: Reader) -> None:
    tasks = tasks_of(
        "II. PHÂN CÔNG NHIỆM VỤ\n1. Ban biên tập\n- Ông Trần Văn An, Phó Hiệu trưởng, Trưởng ban\n"
        "- Bà Lê Thị Bình phụ trách kinh phí và cơ sở vật chất.\n"
    )
    assert [units(t) for t in work(tasks)] == [[("Bà Lê Thị Bình", "performer")]]

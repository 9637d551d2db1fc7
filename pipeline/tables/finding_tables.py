"""Schemas of what is found inside a document: citations, campaigns, tasks, recipients, warnings."""

from __future__ import annotations

import pyarrow as pa

from pipeline.tables.columns import BOOL, DATE, DOC_ID, EVIDENCE, INT, LONG, REAL, TEXT, TEXTS, Column, key, schema

_CITATION = (
    key("citation_id", "stable id", "mã viện dẫn"),
    DOC_ID,
    Column("text", TEXT, "the mention as written", "nguyên văn viện dẫn"),
    Column("cited_type", TEXT, "Luật, Nghị định, Thông tư, ...", "loại văn bản được viện dẫn"),
    Column("cited_ref", TEXT, "91/2017/NĐ-CP, 34-CT/TW; null when none or blank", "số, ký hiệu"),
    Column("cited_date", TEXT, "ISO date, year-month or year", "ngày, tháng hoặc năm ban hành"),
    Column("cited_issuer", TEXT, "what the text says, spelled out, province attached", "cơ quan ban hành theo văn bản"),
    Column("cited_title", TEXT, "what it is about, as written", "nội dung trích yếu"),
    Column("locator", TEXT, "khoản 2 Điều 5", "điều, khoản, điểm"),
    Column("role", TEXT, "basis, nested or mention", "vai trò: căn cứ, lồng, nhắc đến"),
    Column("parent_citation_id", TEXT, "the citation that describes this nested one", "viện dẫn chứa viện dẫn này"),
    Column("instrument_id", TEXT, "key into instruments", "khóa sang bảng instruments"),
    Column("status_at_issue", TEXT, "in_force, amended, expired, not_yet or unknown", "hiệu lực tại thời điểm ký"),
    Column("replaced_by", TEXT, "instrument that replaced it", "văn bản thay thế"),
    *EVIDENCE,
)

_CAMPAIGN = (
    key("campaign_row_id", "stable id", "mã dòng"),
    DOC_ID,
    Column("name", TEXT, "name inside the quotes", "tên trong ngoặc kép"),
    Column("kind", TEXT, "campaign, movement or theme", "phong trào, cuộc vận động hay chủ đề"),
    Column("campaign_id", TEXT, "key into campaign_registry", "khóa sang bảng campaign_registry"),
    Column("link_method", TEXT, "exact, alias or fuzzy", "cách nối với danh mục"),
    Column("link_score", REAL, "0 to 1", "điểm khớp"),
    Column("scope", TEXT, "national, province, sector or unit", "phạm vi"),
    Column("period_start_year", INT, "first year", "năm đầu"),
    Column("period_end_year", INT, "last year", "năm cuối"),
    Column("action", TEXT, "launch, continue, review or mention", "phát động, tiếp tục, sơ/tổng kết, nhắc đến"),
    Column("mentions", INT, "times named in the document", "số lần nhắc"),
    *EVIDENCE,
)

_TASK = (
    key("task_id", "stable id", "mã nhiệm vụ"),
    DOC_ID,
    Column("parent_task_id", TEXT, "the item this one belongs to", "nhiệm vụ cha"),
    Column("order", INT, "position in the document, from 1", "thứ tự trong văn bản, từ 1"),
    Column("label", TEXT, "1, 2.3, a", "số thứ tự như in"),
    Column("text", TEXT, "the words as they stand", "nội dung nhiệm vụ"),
    Column("kind", TEXT, "scheduled, assigned or directive", "có lịch, được giao, hay định hướng"),
    Column("section_id", TEXT, "section it stands in", "mục chứa nhiệm vụ"),
    Column("section_title", TEXT, "heading with its label", "tên mục"),
    Column("period_text", TEXT, "the words of time", "chữ chỉ thời gian"),
    Column(
        "period_kind",
        TEXT,
        "day, month, quarter, half, year, range, relative, recurring, ongoing, on_demand",
        "loại thời gian",
    ),
    Column("period_start", DATE, "first day", "ngày đầu"),
    Column("period_end", DATE, "last day", "ngày cuối"),
    Column("quarters", TEXTS, "quarters touched, '2023-Q1'", "các quý"),
    Column("deadline", DATE, "due date", "hạn hoàn thành"),
    Column("deliverable", TEXT, "product asked for", "sản phẩm"),
    Column("conditional", BOOL, "said to hold only if need be", "có điều kiện (nếu có)"),
    Column("source", TEXT, "table, list or paragraph", "nguồn: bảng, danh sách, đoạn"),
    *EVIDENCE,
)

_TASK_UNIT = (
    key("task_id", "key into tasks", "khóa sang bảng tasks"),
    DOC_ID,
    Column("position", INT, "order among the task's units, from 1", "thứ tự trong nhiệm vụ"),
    Column("unit", TEXT, "as written", "đơn vị như văn bản ghi"),
    Column("unit_id", TEXT, "key into units", "khóa sang bảng units"),
    Column("role", TEXT, "lead, coordinator or performer", "chủ trì, phối hợp hay thực hiện"),
    Column("inherited", BOOL, "taken from a heading", "lấy từ đề mục"),
    Column("collective", BOOL, "a body of bodies, never expanded", "chỉ chung nhiều đơn vị"),
    *EVIDENCE,
)

_RECIPIENT = (
    DOC_ID,
    Column("position", INT, "order, from 1", "thứ tự, từ 1"),
    Column("text", TEXT, "the line as written", "nơi nhận như in"),
    Column("purpose", TEXT, "b/c, p/h, ...", "mục đích gửi"),
    Column("is_archive", BOOL, "the 'Lưu:' line", "dòng lưu"),
    *EVIDENCE,
)

_WARNING = (
    DOC_ID,
    key("code", "code of the contract", "mã cảnh báo"),
    Column("message", TEXT, "what was found, in both languages", "nội dung cảnh báo"),
    Column("page", INT, "page", "trang"),
    Column("char_start", LONG, "start", "vị trí đầu"),
    Column("char_end", LONG, "end, exclusive", "vị trí cuối"),
)

FINDING_SCHEMAS: dict[str, pa.Schema] = {
    "citations": schema("citations", "one row a mention of an instrument", "mỗi lần viện dẫn một dòng", _CITATION),
    "campaigns": schema("campaigns", "one row a named campaign in a document", "mỗi phong trào một dòng", _CAMPAIGN),
    "tasks": schema("tasks", "one row an item of work", "mỗi nhiệm vụ một dòng", _TASK),
    "task_units": schema("task_units", "one row a unit of a task", "mỗi đơn vị của nhiệm vụ một dòng", _TASK_UNIT),
    "recipients": schema("recipients", "one row a line of Nơi nhận", "mỗi nơi nhận một dòng", _RECIPIENT),
    "warnings": schema("warnings", "what to be careful with", "điều cần lưu ý", _WARNING),
}

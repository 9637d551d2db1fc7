"""Schemas of the tables with one row a document, a field, a page or a section."""

from __future__ import annotations

import pyarrow as pa

from pipeline.tables.columns import (
    ASIDE,
    BOOL,
    DATE,
    DOC_ID,
    EVIDENCE,
    INT,
    LONG,
    REAL,
    TEXT,
    TIME,
    Column,
    key,
    schema,
)

_DOCUMENT = (
    DOC_ID,
    key("source_path", "path as offered; 'a.zip!/b.pdf' inside an archive", "đường dẫn tệp đã nạp"),
    key("file_sha256", "SHA-256 of the file's bytes", "mã băm SHA-256 của tệp"),
    Column("media_type", TEXT, "MIME type found in the bytes", "kiểu tệp theo nội dung"),
    Column("file_bytes", LONG, "size in bytes", "dung lượng (byte)"),
    Column("page_count", INT, "pages read", "số trang"),
    Column("text_source", TEXT, "native, ocr or mixed", "nguồn chữ: native, ocr hoặc mixed"),
    Column("ocr_confidence", REAL, "mean OCR confidence, null for native text", "độ tin cậy OCR trung bình"),
    Column("doc_type", TEXT, "Kế hoạch, Quyết định, Chỉ thị, ...", "loại văn bản"),
    Column("number", TEXT, "number, null when blank", "số văn bản, trống thì null"),
    Column("symbol", TEXT, "symbol such as KH-UBND", "ký hiệu"),
    Column("reference", TEXT, "number and symbol, null unless both are known", "số và ký hiệu"),
    Column("issuer", TEXT, "full name of the issuing body with its province", "cơ quan ban hành"),
    Column(
        "issuer_level",
        TEXT,
        "central, province, department, district, commune, party, bloc, school, other",
        "cấp ban hành",
    ),
    Column(
        "issuer_source", TEXT, "header, signature, body, symbol or digital_signature", "nơi đọc được cơ quan ban hành"
    ),
    Column("province", TEXT, "short name of the province", "tỉnh, thành phố"),
    Column("province_code", TEXT, "statistics office code at the time of signing", "mã tỉnh tại thời điểm ký"),
    Column("province_2025", TEXT, "province after the merger of 1 July 2025", "tỉnh sau sáp nhập 01/7/2025"),
    Column("province_code_2025", TEXT, "its code", "mã tỉnh sau sáp nhập"),
    Column("issue_place", TEXT, "place named in the date line", "địa danh"),
    Column("issue_date", DATE, "only when day, month and year are known", "ngày ban hành khi đủ ngày, tháng, năm"),
    Column("issue_year", INT, "year of issue", "năm ban hành"),
    Column("issue_month", INT, "month of issue", "tháng ban hành"),
    Column("issue_day", INT, "day of issue", "ngày ban hành"),
    Column("issue_date_precision", TEXT, "day, month, year or null", "độ chính xác của ngày"),
    Column("is_draft", BOOL, "the words 'Dự thảo', or a file said to be one", "là dự thảo"),
    Column("title", TEXT, "trích yếu without the type word", "trích yếu"),
    Column("plan_year", INT, "the one year the title names", "năm kế hoạch"),
    Column("plan_start_year", INT, "first year of the plan's period", "năm bắt đầu"),
    Column("plan_end_year", INT, "last year of the plan's period", "năm kết thúc"),
    Column("signer_name", TEXT, "name of the signer", "người ký"),
    Column("signer_title", TEXT, "title under which the person signs", "chức vụ người ký"),
    Column("sign_authority", TEXT, "KT., TM., TL. ... as printed", "thẩm quyền ký"),
    Column("duplicate_of", TEXT, "doc_id of the document this one repeats", "trùng với văn bản"),
    Column("warning_count", INT, "rows in warnings", "số cảnh báo"),
    Column("pipeline_version", TEXT, "version of the program", "phiên bản chương trình"),
    Column("rules_version", TEXT, "hash of rules and models", "phiên bản quy tắc"),
    Column("extracted_at", TIME, "when these values were first read", "thời điểm trích xuất"),
)

_FIELD = (
    DOC_ID,
    key(
        "field",
        "column of documents, or signed_at, signed_by, signed_for of the first digital signature",
        "tên cột trong documents; signed_at, signed_by, signed_for của chữ ký số đầu tiên",
    ),
    Column("value", TEXT, "the value as text", "giá trị dạng chữ"),
    Column("source", TEXT, "header, body, signature, digital_signature, file_name, inferred, correction", "nguồn"),
    *EVIDENCE,
)

_PAGE = (
    DOC_ID,
    Column("page", INT, "page number from 1", "số trang từ 1", nullable=False),
    Column("text", TEXT, "the page's part of the canonical text", "chữ của trang"),
    Column("char_start", LONG, "where it starts in the canonical text", "vị trí bắt đầu trong văn bản chuẩn"),
    Column("text_source", TEXT, "native, ocr or mixed", "nguồn chữ"),
    Column("ocr_confidence", REAL, "mean OCR confidence of the page", "độ tin cậy OCR của trang"),
    Column("width", REAL, "width in points", "chiều rộng (điểm)"),
    Column("height", REAL, "height in points", "chiều cao (điểm)"),
    Column("rotation", INT, "degrees clockwise", "góc xoay"),
    Column("status", TEXT, "ok, blank or unreadable", "trạng thái trang"),
    Column(
        "aside",
        ASIDE,
        "kept out of the text: page_number, running_head, signature_note, stamp, urgency or noise, each with its place",
        "để ngoài văn bản: số trang, tiêu đề lặp, ghi chú chữ ký số, dấu đến/sao, độ khẩn/mật, vết bẩn",
    ),
)

_SECTION = (
    DOC_ID,
    key("section_id", "stable id", "mã mục"),
    Column("parent_section_id", TEXT, "the section it stands in", "mục cha"),
    Column("level", INT, "1 is the highest", "cấp, 1 là cao nhất"),
    Column("label", TEXT, "II, 1, a", "ký hiệu mục"),
    Column("title", TEXT, "heading without its label", "tên mục"),
    Column("char_start", LONG, "start of the heading", "vị trí đầu của tiêu đề"),
    Column("char_end", LONG, "end of the heading, exclusive", "vị trí cuối của tiêu đề"),
    Column("page", INT, "page of the heading", "trang"),
)

DOCUMENT_SCHEMAS: dict[str, pa.Schema] = {
    "documents": schema("documents", "one row a document", "mỗi văn bản một dòng", _DOCUMENT),
    "fields": schema("fields", "the evidence of each value in documents", "dẫn chứng của từng giá trị", _FIELD),
    "pages": schema("pages", "one row a page", "mỗi trang một dòng", _PAGE),
    "sections": schema("sections", "one row a heading", "mỗi đề mục một dòng", _SECTION),
}

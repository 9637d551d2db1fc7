"""The declared schema of every table of the contract; none is ever inferred."""

from __future__ import annotations

import pyarrow as pa

from pipeline.tables.columns import BOOL, DATE, INT, REAL, TEXT, TEXTS, TIME, Column, key, schema
from pipeline.tables.document_tables import DOCUMENT_SCHEMAS
from pipeline.tables.finding_tables import FINDING_SCHEMAS

_FILE = (
    key("source_path", "path as offered", "đường dẫn tệp đã nạp"),
    Column("file_sha256", TEXT, "SHA-256, null when it could not be read", "mã băm, null nếu không đọc được"),
    Column("doc_id", TEXT, "key into documents, null when no row came of it", "khóa sang documents"),
    Column("status", TEXT, "ok, partial, failed, duplicate, unsupported or removed", "kết quả"),
    Column("error_kind", TEXT, "closed list of kinds", "loại lỗi"),
    Column("message", TEXT, "what happened and what to do", "điều đã xảy ra và cách xử lý"),
    Column("attempts", INT, "times tried", "số lần thử"),
    Column("seconds", REAL, "time the reading took", "thời gian đọc (giây)"),
    Column("first_seen", TIME, "first run that was offered it", "lần đầu thấy"),
    Column("last_seen", TIME, "last run that had news of it", "lần cuối có tin mới"),
    Column("run_id", TEXT, "the run of that news", "mã lượt chạy"),
)

_SOURCE = (
    Column("source", TEXT, "where the fact was read", "nguồn"),
    Column("check", TEXT, "verified or not", "đã kiểm chứng hay chưa"),
)

_INSTRUMENT = (
    key("instrument_id", "key", "khóa"),
    Column("type", TEXT, "Luật, Nghị định, ...", "loại"),
    Column("ref", TEXT, "number and symbol", "số, ký hiệu"),
    Column("name", TEXT, "short name", "tên ngắn"),
    Column("title", TEXT, "what it is about", "trích yếu"),
    Column("issuer", TEXT, "issuing body", "cơ quan ban hành"),
    Column("issued_on", DATE, "date of issue", "ngày ban hành"),
    Column("in_force_from", DATE, "first day in force", "ngày có hiệu lực"),
    Column("in_force_to", DATE, "last day in force", "ngày hết hiệu lực"),
    Column("amended_by", TEXTS, "instruments that amend it", "văn bản sửa đổi"),
    Column("replaced_by", TEXTS, "instruments that replace it", "văn bản thay thế"),
    *_SOURCE,
)

_CAMPAIGN_ENTRY = (
    key("campaign_id", "key", "khóa"),
    Column("name", TEXT, "name", "tên"),
    Column("kind", TEXT, "campaign, movement or theme", "loại"),
    Column("scope", TEXT, "national, province, sector or unit", "phạm vi"),
    Column("issuer", TEXT, "who launched it", "cơ quan phát động"),
    Column("period_start_year", INT, "first year", "năm đầu"),
    Column("period_end_year", INT, "last year", "năm cuối"),
    Column("aliases", TEXTS, "other wordings", "tên khác"),
    Column("alias_pattern", TEXT, "wording of provinces", "mẫu tên theo tỉnh"),
    Column("founding_ref", TEXT, "the instrument that launched it", "văn bản phát động"),
    *_SOURCE,
)

_UNIT = (
    key("unit_id", "key", "khóa"),
    Column("name", TEXT, "canonical name", "tên chuẩn"),
    Column("aliases", TEXTS, "abbreviations and variants", "tên khác"),
    Column("level", TEXT, "level", "cấp"),
    Column("collective", BOOL, "a body of bodies", "chỉ chung nhiều đơn vị"),
    Column("valid_from", DATE, "first day", "từ ngày"),
    Column("valid_to", DATE, "last day", "đến ngày"),
    Column("succeeded_by", TEXTS, "units that took over", "đơn vị kế thừa"),
    *_SOURCE,
)

_PROVINCE = (
    key("province_code", "statistics office code", "mã tỉnh"),
    Column("name", TEXT, "short name", "tên ngắn"),
    Column("kind", TEXT, "tỉnh or thành phố", "tỉnh hoặc thành phố"),
    Column("full_name", TEXT, "full name", "tên đầy đủ"),
    Column("aliases", TEXTS, "other spellings", "cách viết khác"),
    Column("valid_from", DATE, "first day", "từ ngày"),
    Column("valid_to", DATE, "last day", "đến ngày"),
    Column("name_2025", TEXT, "province after 1 July 2025", "tỉnh sau sáp nhập"),
    Column("code_2025", TEXT, "its code", "mã sau sáp nhập"),
    *_SOURCE,
)

SCHEMAS: dict[str, pa.Schema] = {
    **DOCUMENT_SCHEMAS,
    **FINDING_SCHEMAS,
    "files": schema("files", "the ledger: one row a file ever offered", "sổ tệp: mỗi tệp đã nạp một dòng", _FILE),
    "instruments": schema("instruments", "legal register", "danh mục văn bản", _INSTRUMENT),
    "campaign_registry": schema("campaign_registry", "known campaigns", "danh mục phong trào", _CAMPAIGN_ENTRY),
    "units": schema("units", "known units", "danh mục đơn vị", _UNIT),
    "provinces": schema("provinces", "provinces, before and after the merger", "danh mục tỉnh", _PROVINCE),
}
"""Table name to schema; `pipeline.store` writes one Parquet file for each."""

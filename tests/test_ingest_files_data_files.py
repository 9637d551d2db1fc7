"""Data and source code offered as documents are told from prose by their shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DocumentError, Kind
from pipeline.ingest import Limits, read_document
from pipeline.ingest.files.data_files import data_kind

CSV = "stt,đơn vị,nội dung,thời gian,ghi chú\n" + "".join(
    f'{n},Sở Nội vụ,"Tổng kết, khen thưởng đợt {n}",Quý {n},\n' for n in range(1, 5)
)
TSV = CSV.replace(",", "\t")
JSON = '{\n  "don_vi": "Sở Nội vụ",\n  "nhiem_vu": ["Tổng kết phong trào thi đua"]\n}\n'
JSON_LIST = '[{"don_vi": "Sở Nội vụ"}, {"don_vi": "Sở Y tế"}]'
PYTHON = """import os
from pathlib import Path

def read(path):
    text = Path(path).read_text()
    if not text:
        return None
    for line in text.splitlines():
        print(line)
    return text

class Plan:
    title = "Kế hoạch thi đua"
"""
JAVASCRIPT = """const plan = require('./plan');
function show(item) {
  if (item.done) {
    return;
  }
  console.log(item.title);
}
module.exports = show;
"""
PLAN = """Số: 12/KH-SNV

KẾ HOẠCH
Công tác thi đua, khen thưởng, tuyên truyền, tập huấn năm 2030

1. Sở Nội vụ, Sở Tài chính, Sở Y tế, Sở Tư pháp phối hợp thực hiện;
2. Phòng Nội vụ, Phòng Tài chính, Phòng Y tế, Phòng Tư pháp phối hợp thực hiện;
3. Ban Nội chính, Ban Dân vận, Ban Tổ chức, Ban Tuyên giáo phối hợp thực hiện;
return của năm trước (nếu có) được chuyển sang năm sau;
Giao các đơn vị báo cáo kết quả.
"""
TABLE_IN_PLAN = PLAN + "".join(f"{n}\tNội dung {n}\tSở Nội vụ\tQuý {n}\tBáo cáo\n" for n in range(1, 6))


@pytest.mark.parametrize(
    "text", [CSV, TSV, CSV.replace(",", ";"), JSON, JSON_LIST, PYTHON, JAVASCRIPT, "#!/bin/sh\nls"]
)
def test_data_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_document(path, path.name, Limits())
    assert caught.value.kind is Kind.UNSUPPORTED


@pytest.mark.parametrize(
    "text", [PLAN, TABLE_IN_PLAN, "[Dự thảo]\n" + PLAN, '"Thi đua là yêu nước", 1948, một, hai\n' + PLAN]
)
def test_a_plan_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ke-hoach.csv"
    path.write_text(text, encoding="utf-8")
    assert read_document(path, path.name, Limits()).media_type == "text/plain"


def test_the_last_line_of_a_cut_head_does_not_count() -> None:
    head = "a,b,c,d\n1,2,3,4\n5,6,7,8\n9"
    assert data_kind(head, is_whole=True) is None
    assert data_kind(head, is_whole=False) == "CSV / TSV"


def test_the_text_documents_of_the_field_are_no_data(shared: Path) -> None:
    paths = [p for folder in ("seeds", "corpus") for p in sorted((shared / folder).glob("*.txt"))]
    assert paths
    assert [p.name for p in paths if data_kind(p.read_text("utf-8"), is_whole=True)] == []

from __future__ import annotations

import pytest

from pipeline.nlp import load_nlp


@pytest.mark.parametrize(
    "sentences",
    [
        ["Thực hiện đúng tiến độ. ", "Giao Sở Nội vụ theo dõi."],
        ["UBND TP. Hồ Chí Minh giao PGS. TS. Lê Văn Bình làm trưởng đoàn. ", "Các sở phối hợp."],
        ["II. Nội dung chính\n", "1. Mục đích\n", "a) Nâng cao chất lượng"],
        ["Mời Đ/c Lê Bình dự. ", "Báo cáo gửi Q. Bình Tân"],
        ["Cột một\t", "Cột hai\t", "Quý I"],
        ["Theo Nghị định số 98/2023/NĐ-CP ngày 31.12.2023 của Chính phủ"],
        ["Vì sao? ", "Vì chưa có kinh phí…"],
        ["Một dòng"],
    ],
)
def test_sentence_starts(sentences: list[str]) -> None:
    doc = load_nlp()("".join(sentences))
    assert [sentence.text_with_ws for sentence in doc.sents] == sentences


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n a\n"])
def test_a_text_of_nothing_has_sentences_too(text: str) -> None:
    assert "".join(sentence.text_with_ws for sentence in load_nlp()(text).sents) == text

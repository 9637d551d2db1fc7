"""An OCR engine that answers at once, and not always sensibly: what it says hangs on the input and the picture."""

from __future__ import annotations

import random
import zlib

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.ocr.engine import OcrEngine, OcrError
from pipeline.ingest.page.words import PageWord

_SAID = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ NAM Số: /KH-UBND CỘNG HÒA XÃ HỘI Độc lập ngày tháng năm 2023 KẾ HOẠCH Căn cứ Luật số "
    "I. II. LII Quý III 1. 9l/2017/NĐ-CP a) - Sở Nội vụ chủ trì, phối hợp TM. KT. CHỦ TỊCH Nơi nhận: STT 4.3. 43."
)
GOOD = _SAID.split()
RUBBISH = ["", " ", "\u0301", "\ud800", "\x00", "|", "1" * 400, "²", "٣", "\u202e", "IIIIII", "-/-", "...", "Đ\u031b"]
NUMBERS = [float("nan"), float("inf"), -float("inf"), -1e9, 1e9, 0.0, -3.5, 1e-9]
_MOST = 3_000


def fake_engine(data: bytes) -> OcrEngine:
    """The engine that goes with an input."""
    salt = zlib.crc32(data)

    def read(picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        chance = random.Random(salt ^ zlib.crc32(picture.tobytes()))
        mood = chance.random()
        if mood < 0.05:
            raise OcrError("no time left")
        if mood < 0.15:
            return []
        count = _MOST if mood > 0.99 else chance.randint(1, 120)
        height, width = picture.shape[:2]
        return [_word(chance, width, height, mood < 0.6) for _ in range(count)]

    return read


def _word(chance: random.Random, width: int, height: int, good: bool) -> PageWord:
    text = chance.choice(GOOD if good or chance.random() < 0.8 else RUBBISH)
    line = chance.randint(0, max(1, height // 20)) * 20.0
    x0 = chance.uniform(0, width)
    box = [x0, line, x0 + 8.0 * len(text), line + 16.0]
    sure = round(chance.random(), 2)
    if not good and chance.random() < 0.1:
        box[chance.randrange(4)] = chance.choice(NUMBERS)
        sure = chance.choice([sure, *NUMBERS])
    left, top, right, bottom = box
    return PageWord(text, left, top, right, bottom, False, sure)

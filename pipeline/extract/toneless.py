"""Letters without their marks: how words are compared that a scan may have spoilt."""

from __future__ import annotations

import unicodedata


def toneless(text: str) -> str:
    """Of the same length: "Đoàn kiểm tra" → "Doan kiem tra"."""
    bare = (unicodedata.normalize("NFD", sign)[:1] or sign for sign in text)
    return "".join({"Đ": "D", "đ": "d"}.get(sign, sign) for sign in bare)

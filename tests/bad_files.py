"""Files that go wrong, each in its own way, made on the spot."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

GOOD = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM

Số: 15/KH-UBND

Hà Nam, ngày 05 tháng 02 năm 2023

KẾ HOẠCH

Công tác thi đua, khen thưởng năm 2023

Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. NHIỆM VỤ QUÝ I

- Tổ chức tổng kết phong trào thi đua năm 2022.

Nơi nhận:
- Sở Nội vụ;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Thử
"""

ENGLISH = "This annual report describes the work of the committee and the results that were achieved.\n" * 30


def make_bad_files(folder: Path) -> None:
    """Fill `folder` with one good plan and every kind of bad file."""
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "junk.pdf").write_bytes(bytes(range(256)) * 40)
    (folder / "english.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "really_text.pdf").write_text(GOOD + "\nsai đuôi", encoding="utf-8")
    (folder / "truncated.pdf").write_bytes(text_pdf()[:400])
    (folder / "encrypted.pdf").write_bytes(text_pdf(password="bí mật"))
    (folder / "many_pages.pdf").write_bytes(many_pages(10_000))
    (folder / "nothing.png").write_bytes(blank_picture(1200, 1700))
    (folder / "huge.png").write_bytes(blank_picture(30_000, 30_000))
    _archives(folder)
    _names(folder)
    _links(folder)


def text_pdf(password: str | None = None) -> bytes:
    """A one-page PDF, encrypted when a password is given."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    canvas.drawString(72, 720, "KE HOACH")
    canvas.save()
    return buffer.getvalue()


def many_pages(count: int) -> bytes:
    """A valid PDF of `count` empty pages, written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids))
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)


def blank_picture(width: int, height: int) -> bytes:
    """A white PNG of one bit a pixel."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (width, height), 1).save(buffer, "PNG")
    return buffer.getvalue()


def _archives(folder: Path) -> None:
    with zipfile.ZipFile(folder / "climbing.zip", "w") as archive:
        archive.writestr("../outside.txt", GOOD)
        archive.writestr("inside/kế hoạch.txt", GOOD + "\ntrong kho")
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000_000)
        archive.writestr("beside.txt", GOOD + "\ncạnh bom")
    (folder / "broken.zip").write_bytes((folder / "climbing.zip").read_bytes()[:60])


def _names(folder: Path) -> None:
    (folder / "tên có dấu và khoảng trắng.txt").write_text(GOOD + "\nmột", encoding="utf-8")
    (folder / "xuống\ndòng.txt").write_text(GOOD + "\nhai", encoding="utf-8")
    for name in ("huyện A", "huyện B"):
        (folder / name).mkdir()
        (folder / name / "kh.txt").write_text(GOOD + f"\n{name}", encoding="utf-8")
    (folder / "same_again.txt").write_text(GOOD, encoding="utf-8")


def _links(folder: Path) -> None:
    (folder / "loop").mkdir()
    (folder / "loop" / "again").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.pdf").symlink_to(folder / "gone.pdf")
    locked = folder / "locked.txt"
    locked.write_text(GOOD, encoding="utf-8")
    os.chmod(locked, 0)

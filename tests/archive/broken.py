"""Files that go wrong, each in its own way and with bytes of its own, and what a run must say of each."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipeline.errors import Kind
from tests.archive.bundles import zipped
from tests.archive.forms import as_pdf, as_text, as_word
from tests.archive.plan import Plan
from tests.bad_files import ENGLISH

BOMB_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Broken:
    """`name` with {n} for the number; `member`: what follows the name in the source path where a member is at fault."""

    name: str
    kind: Kind
    content: Callable[[Plan, Random], bytes]
    member: str = ""


def _locked_pdf(plan: Plan, chance: Random) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(f"mật khẩu {plan.number}"), invariant=1)
    canvas.drawString(72, 720, f"KE HOACH {plan.number}")
    canvas.save()
    return buffer.getvalue()


def _locked_zip(plan: Plan, chance: Random) -> bytes:
    """A member said to be encrypted, in both places where a zip says so."""
    content = bytearray(zipped({"kh.txt": as_text(plan)}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def _blank_pdf(plan: Plan, chance: Random) -> bytes:
    """A page of nothing, in a size of its own."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(500 + plan.number % 97, 700 + plan.number // 97), invariant=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BROKEN = (
    Broken("kh-{n}-rong.pdf", Kind.EMPTY, lambda plan, chance: b""),
    Broken("kh-{n}-rong.txt", Kind.EMPTY, lambda plan, chance: b""),
    Broken("kh-{n}-cut.pdf", Kind.DAMAGED, lambda plan, chance: as_pdf(plan)[: chance.randrange(300, 900)]),
    Broken("kh-{n}-cut.docx", Kind.DAMAGED, lambda plan, chance: as_word(plan)[: chance.randrange(900, 5000)]),
    Broken("kh-{n}-cut.zip", Kind.DAMAGED, lambda plan, chance: zipped({"kh.txt": as_text(plan)})[:-30]),
    Broken("kh-{n}-khoa.pdf", Kind.ENCRYPTED, _locked_pdf),
    Broken("kh-{n}-khoa.zip", Kind.ENCRYPTED, _locked_zip, "!/kh.txt"),
    Broken("kh-{n}-bom.zip", Kind.TOO_LARGE, lambda plan, chance: zipped({"kh.txt": bytes(BOMB_BYTES)}), "!/kh.txt"),
    Broken("kh-{n}-rac.pdf", Kind.UNSUPPORTED, lambda plan, chance: chance.randbytes(8_000)),
    Broken("kh-{n}-report.txt", Kind.NOT_VIETNAMESE, lambda plan, chance: f"No. {plan.number}\n{ENGLISH}".encode()),
    Broken("kh-{n}-trang.pdf", Kind.NO_TEXT, _blank_pdf),
    Broken(
        "~$kh-{n}.docx", Kind.UNSUPPORTED, lambda plan, chance: b"\x05kehoach" + bytes(154) + str(plan.number).encode()
    ),
)

"""The bench's scans: time beside the engine alone and the naive script, and the memory of a long one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr_engine import OcrEngine
from pipeline.ingest.page_words import PageWord

ROOT = Path(__file__).parents[1]
_NAIVE_EACH = 3


def bench_scans(paths: list[Path]) -> None:
    """By the clock, for all documents together: workers start, load and end within it."""
    from pipeline.ingest.ocr_choice import chosen_engine

    print(f"\n== Scans: seconds a page by the clock, {len(paths)} documents; engine: {chosen_engine().package}")
    with tempfile.TemporaryDirectory() as folder:
        pictures = page_pictures(paths, Path(folder))
        pages = len(pictures)
        floor = _clock(lambda: _engine_alone(pictures)) / pages
        ours = _clock(lambda: _two_workers(paths)) / pages
    print(f"floor    {floor:6.2f}  the engine alone on the same {pages} page images, two processes")
    print(f"kehoach  {ours:6.2f}  two workers; {ours / floor:.2f} times the floor (target at most 1.3)")
    times = [_naive(path) for path in paths]
    naive = sum(seconds for seconds, _ in times) / sum(count for _, count in times)
    print(
        f"naive    {naive:6.2f}  every {_NAIVE_EACH}rd page; kehoach is {naive / ours:.1f} times as fast (target at least 5)"
    )


def _clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def page_pictures(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Each page's picture, grey, as kehoach takes it from the file, brought to the resolution it reads at."""
    import numpy as np

    from pipeline.ingest.page_image import scaled
    from pipeline.ingest.pdf_file import PdfFile

    found = []
    for path in paths:
        file = PdfFile(path, Limits())
        for number in range(1, file.page_count + 1):
            with file.page(number) as page:
                picture = page.picture(220)
                dpi = 72 * picture.shape[1] / page.shown_size[0]
            grey = np.asarray(picture.mean(axis=2), np.uint8)
            found.append(folder / f"{path.stem}-{number}.npy")
            np.save(found[-1], grey if dpi <= 330 else scaled(grey, 220 / dpi))
        file.close()
    return found


def _engine_alone(pictures: list[Path]) -> None:
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_read_alone, pictures, chunksize=1)


def _read_alone(picture: Path) -> int:
    import numpy as np

    from pipeline.ingest.ocr_choice import chosen_engine

    return len(chosen_engine().engine(np.load(picture), 120.0))


def _two_workers(paths: list[Path]) -> None:
    from pipeline.ingest.walk import offered
    from pipeline.run.pool import outcomes

    limits = Limits()
    for outcome in outcomes(offered(paths, limits), limits, 2):
        if outcome.kind is not None:
            raise SystemExit(f"{outcome.source_path}: {outcome.message}")


def _naive(path: Path) -> tuple[float, int]:
    """Seconds and pages of the script everybody writes first, the engine's threads as they come; on every third page."""
    code = (
        "import sys, re, pdfplumber, pytesseract\n"
        "with pdfplumber.open(sys.argv[1]) as document:\n"
        f"    pages = document.pages[::{_NAIVE_EACH}]\n"
        "    for page in pages:\n"
        "        text = pytesseract.image_to_string(page.to_image(resolution=300).original, lang='vie')\n"
        "        re.findall(r'[0-9]+/[0-9]{4}/[A-ZĐ-]+', text)\n"
        "    print(len(pages))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, env=environment, check=True
    )
    return time.perf_counter() - started, int(done.stdout)


def bench_long_scan(pages: int = 600) -> None:
    """A made-up scan; its engine answers at once, for it is not OCR that is measured here."""
    print(f"\n== Peak memory of one worker on a scan of {pages} pages; target under 700 MB")
    with tempfile.TemporaryDirectory() as folder:
        path = long_scan(pages, Path(folder) / "scan.pdf")
        code = (
            "import resource, sys\n"
            "from tests.bench_scans import Prompt\n"
            "from pipeline.ingest.limits import Limits\n"
            "from pipeline.run.document import read_rows\n"
            "outcome = read_rows(sys.argv[1], 'scan.pdf', Limits(), Prompt())\n"
            "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
            "print(len(outcome.rows['pages']), 'pages read:', peak, 'MB')\n"
        )
        size = path.stat().st_size / 2**20
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, cwd=ROOT, check=True)
    print(f"{size:.0f} MB of file, {done.stdout.strip()}")


def long_scan(pages: int, path: Path) -> Path:
    """A4 colour pages at 200 dpi, each with dots of its own: about 250 kB a page."""
    import io

    import numpy as np
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    paper = np.random.default_rng(3).normal(238, 6, (2339, 1654, 3)).clip(0, 255).astype(np.uint8)
    made = Canvas(str(path), pageCompression=0)
    for number in range(pages):
        picture = Image.fromarray(paper)
        draw = ImageDraw.Draw(picture)
        for at in range(_WORDS):
            x, y = _place(at)
            draw.rectangle((x, y, x + 60 + (at + number) % 12, y + 25), "black")
        encoded = io.BytesIO()
        picture.save(encoded, "JPEG", quality=60)
        made.drawImage(ImageReader(encoded), 0, 0, 595, 842)
        made.showPage()
    made.save()
    return path


_WORDS = 450
_SENTENCE = (
    "Các phòng rà soát nhiệm vụ được giao, kiểm tra việc thực hiện tại cơ sở và báo cáo kết quả trước ngày 15 hằng tháng; "
    "Văn phòng tổng hợp, trình lãnh đạo xem xét, quyết định."
)


def _place(at: int) -> tuple[int, int]:
    return 150 + 90 * (at % 15), 200 + 60 * (at // 15)


class Prompt:
    """A setup whose engine reads a full page of prose in no time."""

    def engine(self, limits: Limits) -> OcrEngine:
        words = _SENTENCE.split()
        return lambda picture, seconds: [
            PageWord(words[at % len(words)], x, y, x + 60, y + 25, False, 0.9)
            for at, (x, y) in enumerate(map(_place, range(_WORDS)))
        ]

"""The bench's scans: time beside the engine alone and the naive script, and the memory of a long one."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.limits import Limits
from pipeline.ingest.ocr.engine import OcrEngine
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.pdf.file import PdfFile

ROOT = Path(__file__).parents[1]
_ROUNDS = 2
_PR_SET_CHILD_SUBREAPER = 36


def bench_scans(paths: list[Path]) -> None:
    """Seconds a page read by OCR, all documents together, start and end of processes within them."""
    from pipeline.ingest.ocr.choice import chosen_engine

    print(f"\n== Scans: seconds a page, {len(paths)} documents; engine: {chosen_engine().package}")
    with tempfile.TemporaryDirectory() as folder:
        found = page_pictures(paths, Path(folder))
        pictures, read = [picture for own in found.values() for picture in own], [p for p in paths if found[p]]
        floor, ours = Cost(), Cost()
        for _ in range(_ROUNDS):  # by turns, so that what disturbs the machine disturbs both
            floor, ours = (
                floor.least(cost(lambda: _engine_alone(pictures))),
                ours.least(cost(lambda: _two_workers(read))),
            )
        pages = len(pictures)
        print(f"floor    {floor.a_page(pages)}  the engine alone on the same {pages} page images, two processes")
        print(
            f"kehoach  {ours.a_page(pages)}  two workers; {ours.times(floor)} the floor (target at most 1.3)",
            flush=True,
        )
        sample = [path for path in read if len(found[path]) == page_count_of(path)]
        own = sum(len(found[path]) for path in sample)
        naive, same = cost(lambda: _naive(sample)), cost(lambda: _two_workers(sample))
    print(f"naive    {naive.a_page(own)}  the script everybody writes first, on {len(sample)} documents, {own} pages")
    print(f"kehoach  {same.a_page(own)}  on these; naive takes {naive.times(same)} that (target at least 5)")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: by the clock, and of all processors together."""

    clock: float = math.inf
    processor: float = math.inf

    def least(self, other: Cost) -> Cost:
        """Each the smaller of two runs': what it takes when little disturbs it."""
        return Cost(min(self.clock, other.clock), min(self.processor, other.processor))

    def a_page(self, pages: int) -> str:
        return f"{self.clock / pages:6.2f} by the clock {self.processor / pages:6.2f} of processors"

    def times(self, other: Cost) -> str:
        return f"{self.clock / other.clock:.2f} ({self.processor / other.processor:.2f} by processors) times"


def cost(work: Callable[[], object]) -> Cost:
    """What the work takes, with all processes it started, their children too: Linux hands us those left behind."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    clock, processor = time.perf_counter(), _processor()
    work()
    taken = time.perf_counter() - clock
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return Cost(taken, _processor() - processor)


def _processor() -> float:
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


def page_count_of(path: Path) -> int:
    file = PdfFile(path, Limits())
    try:
        return file.page_count
    finally:
        file.close()


def page_pictures(paths: Iterable[Path], folder: Path) -> dict[Path, list[Path]]:
    """Of each document the pictures of the pages that are read by OCR, grey, as kehoach takes them from the file,
    brought to the resolution it reads at."""
    import numpy as np

    from pipeline.ingest.pdf.document import read_pdf
    from pipeline.ingest.scan.image import scaled

    found: dict[Path, list[Path]] = {}
    for path in paths:
        pages, _ = read_pdf(path, Limits(), lambda picture, seconds: [])
        file, found[path] = PdfFile(path, Limits()), []
        for number in (page.number for page in pages if page.text_source == "ocr"):
            with file.page(number) as page:
                picture = page.picture(220)
                dpi = 72 * picture.shape[1] / page.shown_size[0]
            grey = np.asarray(picture.mean(axis=2), np.uint8)
            found[path].append(folder / f"{path.stem}-{number}.npy")
            np.save(found[path][-1], grey if dpi <= 330 else scaled(grey, 220 / dpi))
        file.close()
    return found


def _engine_alone(pictures: list[Path]) -> None:
    """Two processes that are waited for, so that their processor time is known."""
    halves = [[sys.executable, "-m", "tests.bench_scans", *map(str, pictures[start::2])] for start in (0, 1)]
    running = [subprocess.Popen(command, cwd=ROOT) for command in halves]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("the engine alone failed")


def _read_alone(pictures: Iterable[str]) -> None:
    import numpy as np

    from pipeline.ingest.ocr.choice import chosen_engine

    for picture in pictures:
        chosen_engine().engine(np.load(picture), 120.0)


def _two_workers(paths: list[Path]) -> None:
    """The real engine, in a process of its own: its workers belong to a server that only ends with it."""
    code = (
        "import sys\n"
        "from pipeline.ingest.limits import Limits\n"
        "from pipeline.run import engines\n"
        "from pipeline.run.engine import Job\n"
        "from pipeline.run.readings import readings\n"
        "engine = engines.local(2)(Limits(), None)\n"
        "for reading in readings((Job(path, path, path) for path in sys.argv[1:]), engine):\n"
        "    if reading.packed.kind is not None:\n"
        "        raise SystemExit(f'{reading.job.source_path}: {reading.packed.message}')\n"
        "engine.stop()\n"
    )
    subprocess.run([sys.executable, "-c", code, *paths], cwd=ROOT, check=True)


def _naive(paths: Iterable[Path]) -> None:
    """The script everybody writes first, from the READMEs of its two packages, the engine's threads as they come."""
    code = (
        "import sys, re, pdfplumber, pytesseract\n"
        "with pdfplumber.open(sys.argv[1]) as document:\n"
        "    for page in document.pages:\n"
        "        text = pytesseract.image_to_string(page.to_image(resolution=300).original, lang='vie')\n"
        "        re.findall(r'[0-9]+/[0-9]{4}/[A-ZĐ-]+', text)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    for path in paths:
        subprocess.run([sys.executable, "-c", code, path], env=environment, check=True)


PEAK = (
    "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
    "print(int(peak.split()[1]) // 1024, 'MB')\n"
)
"""Not ru_maxrss: that counts what the parent held when it started the process."""


def bench_long_scan(pages: int = 600) -> None:
    """A made-up scan; its engine answers at once, for it is not OCR that is measured here."""
    print(f"\n== Peak memory of one worker on a scan of {pages} pages; target under 700 MB")
    with tempfile.TemporaryDirectory() as folder:
        path = long_scan(pages, Path(folder) / "scan.pdf")
        code = (
            "import sys\n"
            "from tests.bench_scans import Prompt\n"
            "from pipeline.ingest.limits import Limits\n"
            "from pathlib import Path\n"
            "from pipeline.run.document import read_rows\n"
            "rows = read_rows(Path(sys.argv[1]), 'scan.pdf', Limits(), Prompt())\n"
            "print(len(rows['pages']), 'pages read:', end=' ')\n"
            f"{PEAK}"
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


if __name__ == "__main__":
    _read_alone(sys.argv[1:])

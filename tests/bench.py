"""Speed and memory, side by side in one run with the naive way and with the floor. Run by `make bench`.

Times are from a shared machine: read the ratios. Nothing here is asserted; targets stand beside the figures.
    text       the whole pipeline against reading the file plus one underthesea pass over its text
    text PDF   a page without ruling lines, read by kehoach and by pdfplumber alone
    scan       kehoach with two workers, the engine alone in two processes, the naive script (pdfplumber picture,
               pytesseract, re); nothing is kept between them
    memory     peak of a worker that reads everything, and of one that reads a scan of 600 pages
"""

from __future__ import annotations

import functools
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest.limits import Limits
from pipeline.run.document import read_rows
from tests.bench_scans import PEAK, bench_long_scan, bench_scans

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
REPEATS = 5


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Processor seconds of this process, the best of some runs: what the work costs when nothing disturbs it."""
    return min(_once(work) for _ in range(repeats))


def _once(work: Callable[[], object]) -> float:
    _forget()
    started = time.process_time()
    work()
    return time.process_time() - started


def _forget() -> None:
    """Empty the caches of words just read: a document is measured as if it were the first of its kind."""
    for cached in gc.get_objects():
        ours = isinstance(cached, functools._lru_cache_wrapper) and cached.__module__.startswith("pipeline.")
        if ours and cached.cache_parameters()["maxsize"] is not None:
            cached.cache_clear()


def read_whole(path: Path, limits: Limits) -> None:
    """The whole pipeline; a failure stops the bench, for failing is fast."""
    try:
        read_rows(path, path.name, limits)
    except DocumentError as error:
        raise SystemExit(f"{path.name}: {error}") from None


def text_documents() -> list[Path]:
    folders = [ROOT / "data" / "raw", SHARED / "seeds", SHARED / "corpus"]
    return [p for f in folders if f.is_dir() for p in sorted(f.iterdir()) if p.suffix in (".txt", ".md", ".docx")]


def pdf_documents() -> list[Path]:
    folders = [ROOT / "data" / "raw", SHARED / "corpus"]
    return [p for f in folders if f.is_dir() for p in sorted(f.glob("*.pdf"))]


def is_scan(path: Path) -> bool:
    """Whether some page of a PDF is read by OCR; asked with an engine that reads nothing."""
    from pipeline.ingest.pdf.document import read_pdf

    return any(page.text_source == "ocr" for page in read_pdf(path, Limits(), lambda picture, seconds: [])[0])


def bench_text(paths: Iterable[Path]) -> None:
    from underthesea import word_tokenize

    from pipeline.ingest import read_document
    from pipeline.text import compose

    print("\n== Text documents: whole pipeline / (reading + one underthesea pass); target at most 2.0")
    ours = floor = 0.0
    limits = Limits()
    for path in paths:
        text = compose(read_document(path, path.name, limits)).text
        whole = seconds(lambda p=path: read_whole(p, limits))  # type: ignore[misc]
        least = seconds(lambda p=path: compose(read_document(p, p.name, limits)))  # type: ignore[misc]
        least += seconds(lambda t=text: word_tokenize(t))  # type: ignore[misc]
        ours, floor = ours + whole, floor + least
        print(
            f"{path.name:40} {len(text):8,} chars {whole * 1e3:8.1f} ms  floor {least * 1e3:8.1f} ms  {whole / least:5.2f}"
        )
    print(f"{'all':40} {'':14} {ours * 1e3:8.1f} ms  floor {floor * 1e3:8.1f} ms  {ours / floor:5.2f}")


def bench_pdf_pages(paths: Iterable[Path]) -> None:
    """Each document's pages without ruling lines, alone in a file of their own; then the dearest single page."""
    print("\n== Text PDF pages without ruling lines: kehoach / pdfplumber alone; target at most 0.10")
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            pages = _unruled(path)
            if not pages:
                continue
            ours, theirs = _page_times(_copy(path, pages, Path(folder) / "pages.pdf"), len(pages))
            single = [_page_times(_copy(path, [page], Path(folder) / "page.pdf"), 1) for page in pages]
            worst = max(one / two for one, two in single)
            print(
                f"{path.name:40} {len(pages):3} pages {ours * 1e3:7.2f} ms  pdfplumber {theirs * 1e3:7.1f}"
                f"  {ours / theirs:5.3f}  dearest page {worst:5.3f}"
            )


def _unruled(path: Path) -> list[int]:
    """Page numbers (from 0) with a text layer of Vietnamese and without ruling lines."""
    import pdfplumber

    from pipeline.ingest.pdf.document import read_pdf

    native = [page.text_source == "native" for page in read_pdf(path, Limits())[0]]
    with pdfplumber.open(path) as document:
        plain = [len(page.lines) + len(page.rects) <= 8 for page in document.pages]
    return [number for number, good in enumerate(zip(native, plain, strict=True)) if all(good)]


def _copy(path: Path, pages: list[int], to: Path) -> Path:
    import pypdfium2

    source, target = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    target.import_pages(source, pages)
    target.save(to)
    target.close()
    source.close()
    return to


def _page_times(path: Path, count: int) -> tuple[float, float]:
    """Seconds a page: kehoach, pdfplumber."""
    from pipeline.ingest.pdf.document import read_pdf

    return seconds(lambda: read_pdf(path, Limits()), 7) / count, seconds(lambda: _plumb(path), 2) / count


def _plumb(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()


def bench_memory(paths: Iterable[Path]) -> None:
    print("\n== Peak memory of one worker that reads them all; target under 600 MB")
    code = (
        "import sys\n"
        "from contextlib import suppress\n"
        "from pathlib import Path\n"
        "from pipeline.errors import DocumentError\n"
        "from pipeline.ingest.limits import Limits\n"
        "from pipeline.run.document import read_rows\n"
        "for path in sys.argv[1:]:\n"
        "    with suppress(DocumentError):\n"
        "        read_rows(Path(path), path, Limits())\n"
        f"{PEAK}"
    )
    names = [str(path) for path in paths]
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, cwd=ROOT, check=True)
    print(f"{len(names)} files: {done.stdout.strip()}")


def main() -> None:
    """Run every part; the first call of each engine is warmed up outside the clock."""
    from pipeline.nlp import load_nlp

    load_nlp()("Kế hoạch công tác thi đua, khen thưởng năm 2023")
    texts = text_documents()
    bench_text(texts)
    scans = [path for path in pdf_documents() if is_scan(path)]
    native = [path for path in pdf_documents() if path not in scans]
    bench_pdf_pages(native)
    bench_scans(scans)
    bench_memory([*texts, *native, *scans])
    bench_long_scan()


if __name__ == "__main__":
    main()

"""Every bound on what a document may cost: documents are hostile input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one offered file may be and take. Sizes in bytes, times in seconds."""

    file_bytes: int = 200_000_000
    pages: int = 2_000
    page_pixels: int = 40_000_000
    ocr_page_seconds: float = 60.0
    document_seconds: float = 900.0
    worker_bytes: int = 6 * 1024**3
    """Address space of a worker, and of each program it starts: far above what a healthy document needs."""
    archive_members: int = 20_000
    unpacked_bytes: int = 2_000_000_000
    """What all members of one archive (a .zip, or a .docx, which is one too) may unpack to."""
    unpacked_ratio: int = 200
    """Unpacked bytes for one packed byte of a member."""
    archive_nesting: int = 1
    """How many archives deep inside an archive are still opened."""
    text_characters: int = 5_000_000
    table_cells: int = 500_000
    office_seconds: float = 120.0
    ocr_cache_bytes: int = 4_000_000_000
    """What the file of pages read before may grow to; a page takes about 5,000."""

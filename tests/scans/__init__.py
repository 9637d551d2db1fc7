"""Made-up scans: a text or Word file typeset like an administrative paper, printed, stamped, worn, with the truth known.

`python -m tests.scans FILE --out DIR --seed 7 --preset office` writes a PDF of page images, the pages as PNG, and what
is true of them as JSON. The same file, seed and options give the same bytes. For regression and for the benchmark,
never in place of real scans.
"""

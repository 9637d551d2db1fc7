"""Made-up archives of any size whose truth is known: `python -m tests.archive OUT_DIR --documents 10000 --seed 1`.

Every document is a pure function of seed and number, so an archive grows without a change to what it held, and any
part of it can be made again alone. `python -m tests.archive.bench` runs kehoach on one and measures.
"""

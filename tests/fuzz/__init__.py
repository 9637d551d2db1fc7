"""Every parser of untrusted bytes under fuzzing: `python -m tests.fuzz --seconds 600` (atheris), `tests/test_fuzz.py` replays.

Not here: LibreOffice (DOC, RTF, ODT) and Tesseract are programs of others, run as processes of their own with time
limits; of them only what sorts their input (`sniff`) and what reads their answers (`docx`, `answer`) is fuzzed.
"""

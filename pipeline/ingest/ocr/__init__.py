"""The OCR engine: Tesseract as a program or in the process, its cache, its limits."""

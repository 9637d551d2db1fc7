"""What OCR misread, put right where the language leaves one reading."""

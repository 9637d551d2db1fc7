"""PDF: pages, words, what is wrong with a text layer, and whether it is read or OCRed."""

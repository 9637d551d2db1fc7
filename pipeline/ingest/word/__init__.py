"""Word, RTF and ODT: paragraphs, numbering, tables."""

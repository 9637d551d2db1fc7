"""Plain text and Markdown: lines, letterheads and tables set with blanks."""

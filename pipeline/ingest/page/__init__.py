"""Words with places become lines, tables, footnotes, and what stands aside."""

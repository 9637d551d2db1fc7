"""Scores of tables against hand-made gold records, per field with support and per whole record."""

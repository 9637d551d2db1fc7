"""Handwritten numbers and days in the printed frames of a header."""

"""Builds: whole sets of tables, written beside and published by one atomic step."""

"""Declared schemas and the way from a record to rows."""

"""Tests: one file a code file, same name."""

"""Measures records and stages against annotated data."""

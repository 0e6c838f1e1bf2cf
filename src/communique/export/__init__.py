"""Writes what a desk holds in the formats of others, one file for each."""

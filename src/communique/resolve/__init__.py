"""Tells who, where and when is meant by the words of a report."""

"""Tells report from frame: language, title, byline, date, and lines of advertisement and boilerplate."""

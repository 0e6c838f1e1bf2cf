"""Fetching: addresses, their answers, and what a site allows."""

"""Feeds: RSS and Atom, JSON Feed, and lists of them."""

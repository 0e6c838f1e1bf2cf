"""Asks a desk: filters, series, networks, search. Reads only."""

"""Turns files, standard input and strings into documents."""

"""Runs the trained network and its word pieces and lemma rules."""

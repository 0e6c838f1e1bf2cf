"""The desk: one user's collection of records, in a folder."""

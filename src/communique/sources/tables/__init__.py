"""Tables of reports, and of events to import."""

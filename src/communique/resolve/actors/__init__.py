"""Who is meant: a reading in, the report's actors out, tied to the registry where it has them, with all their mentions."""

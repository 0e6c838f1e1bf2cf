"""Where is meant: a reading in, the report's places out, each tied to one of the gazetteer's places of its name."""

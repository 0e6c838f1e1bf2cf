"""Where a report names something: a reading and the registry in, mentions out; and the words that they are read by."""

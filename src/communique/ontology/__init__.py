"""Tables of the world and of event types: states, organisations, offices, places, PLOVER and CAMEO."""

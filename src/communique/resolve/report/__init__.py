"""One report as resolving sees it: a reading in, a `Scene` out, with its names labelled and room for actors in the making."""

"""Pages of the web: the report in them, its masthead, and what stands around it."""

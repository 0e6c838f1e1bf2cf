"""Archives of files, and of the web (WARC)."""

"""Word-processor files: DOCX and RTF."""

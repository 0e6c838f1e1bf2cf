"""Reports in PDF, read in a process apart."""

"""Who holds which office: the words by a name and the registry's terms in, titles and their holders out."""

"""Downloads of Nexis, Factiva and ProQuest."""

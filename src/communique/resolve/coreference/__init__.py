"""What points back: a scene in, the actors out that its pronouns, pairs and noun phrases mean."""

"""When a report came out: one that tells no date in, the days of publication out, with the words that tell them."""

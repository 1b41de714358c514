"""A language model's opinion: what it is asked, what it answered, what of that can be used."""

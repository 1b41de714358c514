"""How a sentence says it: how certain, by whom, when."""

"""Arabic: words and clitics, names, deeds, days; the patterns are data in ``lexicon/arabic``."""

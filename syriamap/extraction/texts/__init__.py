"""A file's raw text → readable text, sentences and tokens, with offsets into the raw text."""

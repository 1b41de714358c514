"""A file's raw text → readable text and tokens, with offsets into the raw text."""

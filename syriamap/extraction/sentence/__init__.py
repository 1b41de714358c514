"""A sentence as a row of items, its clauses, and what is done in it."""

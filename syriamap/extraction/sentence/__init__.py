"""A text's sentences as rows of items, their clauses, and the deeds that they tell of."""

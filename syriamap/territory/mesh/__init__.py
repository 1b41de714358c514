"""Places → cells and the graph of their neighbors, cached: what evidence is spread over."""

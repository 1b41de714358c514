"""Evidence on the graph → probabilities at every node, and who leads where, how surely."""

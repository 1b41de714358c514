"""Evidence on the graph → probabilities at every node, and from them who leads where, how surely."""

"""What the patterns know, as data: frames of verbs, words, names of actors, words for days."""

"""A document being read, from file to drafts."""

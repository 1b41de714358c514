"""Drafts on disk, and the sheet on which somebody accepts, mends or rejects them."""

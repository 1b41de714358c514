"""
What page, figure, export and report share of their looks: colors, patterns and words.

:mod:`.symbols` has the shades and patterns of ground (``patterns.json``), :mod:`.wording` the words
of each language (``languages/``). Nothing here knows a map.
"""

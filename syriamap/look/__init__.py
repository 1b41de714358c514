"""
What page, figure, export and report share of their looks: patterns, symbols and words.

:mod:`.symbols` has the patterns of actors, :mod:`.wording` the words of each language
(``languages/``). Nothing here knows a map.
"""

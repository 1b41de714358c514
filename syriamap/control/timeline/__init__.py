"""
Control through time: one model over all claimed places and all days of a question.

:mod:`.engine_settings` holds the numbers, :mod:`.lives` who exists when, :mod:`.statements` what claims say,
:mod:`.lattice` on which days of which places anything bears, :mod:`.passes` solves it,
:mod:`.fighting` says where there is fighting, :mod:`.day_states` reads a day off it and
:mod:`.series` is the front door. ``docs/control.md`` explains the model.
"""

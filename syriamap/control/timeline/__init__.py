"""
Control through time: one model over all claimed places and all days of a question.

:mod:`.engine_settings` holds the numbers, :mod:`.lives` who exists when, :mod:`.sayings` and
:mod:`.factors` what claims say, :mod:`.scene` all of that together; :mod:`.lattice` on which days
of which places anything bears, :mod:`.chains` the model, :mod:`.passes` its solution with
:mod:`.hearing` and :mod:`.silence`, what neighbors say of one another (lists of any length are laid
out by :mod:`.ragged`); :mod:`.fighting` where there is fighting, :mod:`.joint` who holds a place
together. :mod:`.day_states` reads a day off it, :mod:`.kept` and :mod:`.kept_time` keep what is
solved, and :mod:`.series` is the front door. ``docs/control.md`` explains the model.
"""

"""
Control through time: one model over all claimed places and all days of a question.

:mod:`.series` is the front door. Read in the order of the walk:

* **what is said**: :mod:`.sayings` and :mod:`.factors`, from votes to nats; :mod:`.lives` who
  exists when, :mod:`.standing` who is whose ally, :mod:`.mentions` who is named where;
  :mod:`.scene` has all of it, with the neighbors of each place.
* **the model**: :mod:`.lattice` on which days of which places anything bears, :mod:`.chains` and
  :mod:`.groups` the chains, :mod:`.unheard`, :mod:`.routs` and :mod:`.endings` how places change
  hands without a word; :mod:`.passes` solves them, with :mod:`.hearing` and :mod:`.silence`, what
  neighbors say of one another. Lists of any length are laid out by :mod:`.ragged`.
* **beside it**: :mod:`.fighting` where there is fighting, :mod:`.joint` who holds a place together,
  :mod:`.near_equals` whom claims name where two sides are about as likely.
* **a day read off**: :mod:`.inferred_days` has all days, :mod:`.on_a_day` one of them;
  :mod:`.day_states` makes the frame, with :mod:`.disputes` why a place is contested,
  :mod:`.deciding` by which claims, :mod:`.spoken` which actor of a side it is; :mod:`.terms` since
  when, for whoever explains it.

:mod:`.engine_settings` holds the numbers; :mod:`.kept` and :mod:`.kept_time` keep what is solved.
``docs/control.md`` explains the model.
"""

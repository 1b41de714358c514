"""
From dated, sourced claims to a front-line map that shows who holds what, how sure, and why.

The pipeline, each stage a function from frames to a new frame:

>>> import syriamap
>>> from datetime import date
>>> day = date(2024, 12, 6)
>>> theater = syriamap.read_theater()  # a folder: places, actors, borders, water
>>> claims = syriamap.read_claims(theater.claim_files, theater)  # who said what, where, when
>>> said = syriamap.control_from_claims(claims, theater, day)  # what each place's claims add up to
>>> control = syriamap.reviewed_control(said, theater)  # held against what is around each place
>>> territory = syriamap.territory_from_control(control, theater)  # areas, each with its holder
>>> frontline = syriamap.frontline_from_territory(territory, theater, day)  # where enemies meet

and the same at once, as one record that page, figure, export and report take:

>>> made = syriamap.build(day)
>>> control.equals(made.control)
True
>>> territory.to_wkb().equals(made.territory.to_wkb())
True
>>> frontline.to_wkb().equals(made.frontline.to_wkb())
True
>>> page = made.webmap()  # `page.save("syria.html")` writes one file that opens offline

The folders beside this file are the words of that line, in the order in which data flows::

    look  theater  names  claims  control  territory  history  extraction
    webmap  figure  export  explain  evaluate  pipeline  report  serve  cli

A wing imports only wings before it. Names are loaded when first used, so that ``syriamap resolve``
need not wait for the mapping libraries.
"""

from __future__ import annotations

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]

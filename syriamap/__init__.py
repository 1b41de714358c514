"""
From dated, sourced claims to a front-line map that shows who holds what, how sure, and why.

The pipeline, left to right, each stage a module and a function from frames to a new frame::

    theater     read_theater             a folder: places, actors, borders, water
    claims      read_claims              who said what about which place, and when
    control     control_from_claims      the state of each claimed place on a date
    territory   territory_from_control   areas: held, contested, undetermined
    frontline   frontline_from_territory where hostile territories meet
    webmap      control_map              one HTML file that opens offline
    pipeline    build                    all of it

>>> import syriamap
>>> m = syriamap.build("2024-12-06")         # doctest: +SKIP
>>> m.webmap().save("syria.html")            # doctest: +SKIP

Names are loaded when first used, so that ``syriamap resolve`` need not wait for the mapping
libraries.
"""

from __future__ import annotations

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]

"""
Control of places → territory: a coverage of the country, each area with actor and status.

The stages, each in its module: :mod:`~syriamap.territory.mesh.tessellation` (places → cells and
graph, cached), :mod:`~syriamap.territory.inference.solve` (evidence on the graph → probabilities at
every node, with :mod:`~syriamap.territory.inference.labels`, :mod:`~syriamap.territory.mesh.graph`,
:mod:`~syriamap.territory.inference.smoothers`, :mod:`~syriamap.territory.inference.surroundings`
and :mod:`~syriamap.territory.inference.calibration`), :mod:`~syriamap.territory.inference.field`
(probabilities → who leads where, how surely), :mod:`~syriamap.territory.areas` and
:mod:`~syriamap.territory.states` (polygons and places). The numbers of each stand in a table:
``mesh/mesh_settings.py``, ``inference/inference_settings.py``, ``area_settings.py``.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

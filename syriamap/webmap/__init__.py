"""
The page: one HTML file that shows a date's map and the claims behind every color.

Comes in: the map of one date, or of many. Goes out: a :class:`ControlMap`, a :class:`folium.Map`
whose HTML makes no request.

================ ==========================================================================
``data``         frames → one dict of column arrays, the page's only data
``through_time`` frames of many days → the same with histories, for a page through time
``settlements``  the states of all places over many days
``slivers``      pieces of the country without those, and the vertices, that nobody sees
``statements``   what the page says of itself
``origins``      where an advance comes from
``spots``        where the names of areas can stand
``columns``      a column of a frame → its compact JSON form
``topology``     geometries → TopoJSON, so that what is shared on the map is shared in the file
``packing``      long lists → text, a few characters each
``encode``       the dict → JSON that is inert in ``<script>`` and in a template
``plugins``      what folium's plugins load, and what of it a page may load
``tiles``        a provider of tiles by its name, for pages that ask for one
``inline``       a rendered figure → one self-contained document with a content security policy
``page_parts``   what a page holds, before it has a shell
``shell``        a page written from a shell that was kept
``page``         :class:`ControlMap`, the folium map that is rendered and finished that way
``embed``        the ``<iframe>`` snippet for a report
``assets``       the JavaScript and CSS of the page, and the vendored Leaflet
================ ==========================================================================

Text from claims and gazetteers is never given to folium: folium compiles what it renders as a
template a second time, so a place named ``{{…}}`` would run on the building machine. Templates hold
constants and tokens only, and the tokens are replaced after rendering.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

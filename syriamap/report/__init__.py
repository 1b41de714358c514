"""
The map as a report: a folder with page, figures, tables, text and a manifest.

In comes a series of days, out goes a folder that is whole or not there: :mod:`.facts` counts what
the frames say, :mod:`.contents` puts it into the blocks of a :mod:`.document`, in the words of
:mod:`.report_words`; :mod:`.markdown`, :mod:`.html` and :mod:`.docx` write these, :mod:`.bundle`
lays everything into the folder.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

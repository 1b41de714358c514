"""Scripts beside the package, those of docs and benchmarks, loaded as modules."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from paths import ROOT


def script(path: str) -> ModuleType:
    """Load a script by its path in the checkout; it is a module by its name only meanwhile."""
    file = ROOT / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    before = sys.modules.get(file.stem)
    sys.modules[file.stem] = module  # dataclasses look their module up by name
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[file.stem]
        if before is not None:
            sys.modules[file.stem] = before
    return module

"""What values hold in memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable


def measure_held(make: Callable[[], object]) -> int:
    """Bytes that are held for what a call returns. The first call is for what is made once."""
    make()
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        del made
    finally:
        tracemalloc.stop()
    return held

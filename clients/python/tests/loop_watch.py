"""How long callbacks hold an event loop, whatever else the machine does: the time that a callback ran or slept, without
the time that its thread waited for a processor."""

from __future__ import annotations

import asyncio.events
import time
from typing import Any, List, Tuple


class LoopWatch:
    """While it is entered, every callback of this thread's loops is measured.

    Attributes:
        held: seconds and what it was, of each callback.
    """

    def __init__(self) -> None:
        self.held: List[Tuple[float, str]] = []

    def __enter__(self) -> LoopWatch:
        self._run = asyncio.events.Handle._run
        watch, run = self, self._run

        def measured(handle: Any) -> None:
            waited, begun = _waited(), time.perf_counter()
            run(handle)
            watch.held.append((time.perf_counter() - begun - (_waited() - waited), repr(handle)))

        asyncio.events.Handle._run = measured  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.events.Handle._run = self._run  # type: ignore[method-assign]

    def longest(self) -> Tuple[float, str]:
        return max(self.held)


def _waited() -> float:
    # Time on the processor, time in the queue for one, in nanoseconds.
    with open("/proc/thread-self/schedstat", encoding="ascii") as file:
        return int(file.read().split()[1]) / 1e9

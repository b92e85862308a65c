"""An answer of several lines."""

from __future__ import annotations

import asyncio
import logging
from types import TracebackType
from typing import TYPE_CHECKING, Dict, List, Optional, Type

from ._speech import Speech
from ._types import Audio, HostError, HostUnavailable
from ._utterance import Utterance

if TYPE_CHECKING:
    from ._client import FxHost

log = logging.getLogger("r3x_fxhost")


class Turn:
    """Lines that follow each other without a gap, through one chain; nothing of equal priority comes between them.
    Leaving its block waits until they were heard; an exception that leaves it, cancellation included, interrupts them.
    """

    def __init__(self, host: FxHost, selection: Dict[str, str]) -> None:
        self._host = host
        self._selection = selection
        self._lines: List[Utterance] = []
        #: Its name at the host; None where that cannot be had: its lines then play without effects.
        self.id: Optional[str] = None

    async def __aenter__(self) -> Turn:
        try:
            told = await (await self._host._connection.send("POST", "/r3x/turns", self._selection)).json()
            self.id = str(told["id"])
        except (HostUnavailable, HostError) as error:
            log.warning("A turn's lines are spoken one by one: %s", error)
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if error is not None:
            await self.interrupt()
            return
        try:
            # A line that the host does not know of yet belongs to it.
            for line in self._lines:
                await asyncio.shield(line._placed)
            await self._ask("POST", "/complete")
            for line in self._lines:
                await line.finished()
        except BaseException:
            await self.interrupt()
            raise

    def speak(self, audio: Audio, *, input_format: Optional[str] = None) -> Utterance:
        """Adds a line and returns at once."""
        query = dict(self._selection)
        if input_format is not None:
            query["input_format"] = input_format
        if self.id is not None:
            query["turn"] = self.id
        line = Utterance(self._host, Speech(audio, input_format), query)
        self._lines.append(line)
        return line

    async def interrupt(self) -> None:
        """Ends its lines: what is heard, and what waits."""
        await self._ask("DELETE", "")
        for line in self._lines:
            await line.interrupt()

    async def _ask(self, method: str, what: str) -> None:
        if self.id is None:
            return
        try:
            response = await self._host._connection.send(method, f"/r3x/turns/{self.id}{what}", start=False)
            response.close()
        except HostUnavailable:
            # Its lines play without effects, then.
            pass

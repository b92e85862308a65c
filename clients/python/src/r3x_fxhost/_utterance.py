"""A line on its way: asked for at the host, followed to its end, played dry where the host is not there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, AsyncIterator, Dict, Generator, Optional

from . import _dry, _http
from ._http import Response
from ._speech import Speech, headerless
from ._types import HostUnavailable, UtteranceStatus, parse

if TYPE_CHECKING:
    from ._client import FxHost

log = logging.getLogger("r3x_fxhost")


class Utterance:
    """Something that is spoken, from its place in the queue until its last sample was heard. FxHost.speak makes it."""

    def __init__(self, host: FxHost, speech: Speech, query: Dict[str, str]) -> None:
        loop = asyncio.get_running_loop()
        self._host = host
        self._speech = speech
        self._query = query
        self._status = UtteranceStatus(tag=query.get("tag"))
        # What is added to its position, seconds a second: 0 while it stands still.
        self._pace = 0.0
        self._seen_at = monotonic()
        # Whether the host has been asked, and has not said yet under which id it speaks the line.
        self._is_asking = False
        self._is_hosted = False
        self._is_dry = False
        self._is_interrupted = False
        # Done when the next line may be asked for.
        self._placed: asyncio.Future[None] = loop.create_future()
        self._changed: asyncio.Future[None] = loop.create_future()
        self._over: asyncio.Future[None] = loop.create_future()
        self._task = loop.create_task(self._run(host._enter(self)))

    @property
    def status(self) -> UtteranceStatus:
        """The latest that is known."""
        return self._status

    @property
    def error(self) -> Optional[Exception]:
        """What the line's source failed with; what had arrived until then was spoken."""
        return self._speech.error

    async def started(self) -> UtteranceStatus:
        """Returns when it begins to be heard, or has ended without."""
        while self._status.state in ("queued", "buffering"):
            await asyncio.shield(self._changed)
        return self._status

    async def finished(self) -> UtteranceStatus:
        """Returns when its last sample was heard, or it was interrupted, or has failed; raises nothing. Cancelling only
        stops waiting."""
        await asyncio.shield(self._over)
        return self._status

    def __await__(self) -> Generator[object, None, UtteranceStatus]:
        return self.finished().__await__()

    async def __aiter__(self) -> AsyncIterator[UtteranceStatus]:
        """Every change of its state, from the present one to the last. One who is slow sees the latest."""
        told = ""
        while True:
            if self._status.state != told:
                told = self._status.state
                yield self._status
            if self._over.done():
                return
            if self._status.state == told:
                await asyncio.shield(self._changed)

    async def interrupt(self) -> None:
        """Ends it: silent within 30 ms, or never heard. Does nothing when it has ended."""
        if self._over.done():
            return
        self._is_interrupted = True
        if self._is_hosted:
            await self._delete()
        elif not self._is_asking:
            self._task.cancel()

    async def _run(self, previous: Optional[Utterance]) -> None:
        try:
            if previous is not None:
                await asyncio.shield(previous._placed)
            await self._host._quiet(self)
            try:
                response = await self._ask()
                if response is not None:
                    await self._follow(response)
            except Exception:
                log.exception("What the host said is not understood. A line plays without effects.")
            if not self._over.done():
                await self._play_dry()
        except asyncio.CancelledError:
            self._end("interrupted", reason="asked" if self._is_interrupted else "cancelled")
        except Exception as error:
            log.exception("A line was not spoken to its end.")
            self._end("failed", failure=f"{type(error).__name__}: {error}")
        finally:
            if not self._placed.done():
                self._placed.set_result(None)
            self._host._leave(self)
            await self._speech.close()

    async def _ask(self) -> Optional[Response]:
        """The stream of its events; None when the host cannot be had for it."""
        try:
            while True:
                response = await self._host._connection.send(
                    "POST", "/r3x/speak", self._query, self._body, self._speech.size, "text/event-stream"
                )
                if response.status == 200:
                    return response
                self._is_asking = False
                refusal = _http.refusal(response.status, await response.read())
                if response.status in (429, 503) and "retry-after" in response.headers:
                    # It has enough to speak. The lines behind this one wait, too, so their order holds.
                    await asyncio.sleep(_seconds(response.headers["retry-after"]))
                elif response.status == 404 and "turn" in self._query:
                    # The host that knew the turn is gone, and another one there.
                    del self._query["turn"]
                else:
                    log.error("The host refuses a line, which plays without effects: %s", refusal)
                    return None
        except HostUnavailable as error:
            self._is_asking = False
            log.warning("A line plays without effects: %s", error)
            return None

    def _body(self) -> AsyncIterator[bytes]:
        # There is a connection: from here on the host may speak the line.
        self._is_asking = True
        return self._speech.chunks()

    async def _follow(self, response: Response) -> None:
        try:
            async for name, data in response.events(silence=_http.ANSWER_LIMIT):
                if name == "utterance":
                    await self._see(parse(UtteranceStatus, data))
                if self._over.done():
                    return
            raise HostUnavailable("The host ended the line's events before the line.")
        except HostUnavailable as error:
            if not self._over.done():
                log.warning("The rest of a line plays without effects: %s", error)
        except asyncio.CancelledError:
            if self._is_hosted:
                await self._delete()
            raise
        finally:
            self._is_asking = self._is_hosted = False
            response.close()

    async def _see(self, status: UtteranceStatus) -> None:
        now, before = monotonic(), self._status
        moved = status.position_ms > before.position_ms or before.state in ("queued", "buffering")
        self._pace = 1.0 if status.state in ("speaking", "draining") and moved else 0.0
        self._seen_at = now
        if not self._is_hosted:
            self._is_hosted, self._is_asking = True, False
            self._status = replace(status, state="queued")
            if not self._placed.done():
                self._placed.set_result(None)
            if self._is_interrupted:
                self._status = status
                await self._delete()
        raw = headerless(self._speech.input_format)
        if raw is not None:
            self._speech.forget(raw.offset(status.position_ms / 1000))
        if status.state == "failed" and status.heard_ms == 0 and not self._is_interrupted:
            log.warning("The host could not speak a line, which plays without effects: %s", status.failure)
            self._status = replace(status, state="queued", position_ms=0.0)
            raise HostUnavailable(status.failure or "The line failed.")
        self._tell(status)

    async def _delete(self) -> None:
        try:
            path = f"/r3x/utterances/{self._status.id}"
            response = await asyncio.wait_for(self._host._connection.send("DELETE", path, start=False), 2)
            response.close()
        except (HostUnavailable, asyncio.TimeoutError):
            # Its stream of events breaks off, then, and nothing is played after an interruption.
            pass

    async def _play_dry(self) -> None:
        start = self._status.position_ms / 1000
        if self._status.state in ("speaking", "draining"):
            # The host told this a moment ago, and has played on.
            start += (monotonic() - self._seen_at) * self._pace
        self._status = replace(self._status, dry=True, position_ms=start * 1000)
        self._is_dry = True
        if not self._placed.done():
            self._placed.set_result(None)
        await self._host._alone(self)
        if self._is_interrupted:
            self._end("interrupted", reason="asked")
            return
        if self._status.state == "draining":
            # Only the effects' tail is lost.
            self._end("done")
            return
        begun = monotonic()
        self._tell(replace(self._status, state="speaking", preset="dry", moment=None))
        try:
            failure = await _dry.play(self._speech, start)
        finally:
            heard = (start + monotonic() - begun) * 1000
            self._status = replace(self._status, position_ms=heard, heard_ms=heard)
        if failure is not None:
            log.error("%s", failure)
            failure = " ".join(said for said in (self._status.failure, failure) if said)
        self._end("done" if failure is None else "failed", failure=failure)

    def _tell(self, status: UtteranceStatus) -> None:
        if self._over.done():
            return
        is_new = status.state != self._status.state
        self._status = status
        if status.is_over:
            self._over.set_result(None)
        if is_new:
            changed, self._changed = self._changed, asyncio.get_running_loop().create_future()
            changed.set_result(None)

    def _end(self, state: str, reason: Optional[str] = None, failure: Optional[str] = None) -> None:
        heard = self._status.position_ms
        self._tell(replace(self._status, state=state, reason=reason, failure=failure, heard_ms=heard))


def _seconds(text: str) -> float:
    return min(max(float(text), 0.1), 5.0) if text.replace(".", "", 1).isdigit() else 1.0

"""The host, as an assistant uses it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import (
    TYPE_CHECKING,
    Any,
    AsyncIterator,
    Dict,
    List,
    Optional,
    Sequence,
    Tuple,
    Union,
    cast,
    overload,
)

from . import _arrays, _http
from ._arrays import ArrayT
from ._connection import Connection
from ._http import Response
from ._speech import Raw, Speech, headerless
from ._turn import Turn
from ._types import (
    Audio,
    Duck,
    HostError,
    HostUnavailable,
    Level,
    Mic,
    Preset,
    Selection,
    UtteranceStatus,
    Volume,
    parse,
    selection_query,
)
from ._utterance import Utterance

if TYPE_CHECKING:
    from typing_extensions import Unpack

log = logging.getLogger("r3x_fxhost")


class FxHost:
    """A running `r3x serve`, started where there is none. To be used from one event loop at a time.

    A line always sounds: where the host cannot be had or goes away, the rest of it plays without effects, by whatever
    player the machine has. Warnings go to the logger "r3x_fxhost".
    """

    def __init__(
        self,
        address: Optional[str] = None,
        token: Optional[str] = None,
        *,
        start: bool = True,
        serve_arguments: Sequence[str] = (),
        patience: float = 15.0,
    ) -> None:
        """
        Args:
            address: where it listens; else R3X_SERVE, else http://127.0.0.1:7373.
            token: what it asks of its callers, `serve: token` in its host.yaml; else R3X_TOKEN.
            start: whether to start one on this machine when none answers.
            serve_arguments: for a start, further arguments of `r3x serve`.
            patience: seconds that lines wait for a start before they play without effects.

        Raises:
            ValueError: the address is none.
        """
        self._connection = Connection(
            address or os.environ.get("R3X_SERVE") or "http://127.0.0.1:7373",
            token or os.environ.get("R3X_TOKEN"),
            serve_arguments if start else None,
            patience,
        )
        # Lines that have not ended, in the order in which they were spoken.
        self._lines: List[Utterance] = []

    @property
    def address(self) -> str:
        """Where it listens."""
        return self._connection.address

    async def start(self) -> None:
        """Makes sure that there is a host, so that the first line need not wait for it.

        Raises:
            HostUnavailable: there is none, and why.
        """
        await self._connection.start()

    def speak(
        self,
        audio: Audio,
        *,
        input_format: Optional[str] = None,
        tag: Optional[str] = None,
        priority: int = 0,
        preempts: bool = False,
        pause_before: float = 0.0,
        cache: Optional[str] = None,
        **selection: Unpack[Selection],
    ) -> Utterance:
        """Puts a line into the queue and returns at once. It begins to sound while it arrives, and ends with the event
        loop.

        Args:
            audio: bytes, a path, a file, or an iterator of bytes, asynchronous or not.
            input_format: what headerless audio is, by ElevenLabs' names: "pcm_24000", "ulaw_8000".
            tag: takes the place of a line with the same tag that still waits.
            priority: higher is heard first.
            preempts: cuts off a line of lower priority that is heard.
            pause_before: seconds of silence in front of it.
            cache: a key under which the line as it came is kept.

        Raises:
            OSError: a path cannot be opened.
        """
        query = selection_query(selection)
        query.update(
            _given(
                input_format=input_format,
                tag=tag,
                priority=priority or None,
                preempts="true" if preempts else None,
                pause_before_ms=f"{pause_before * 1000:g}" if pause_before else None,
                cache=cache,
            )
        )
        return Utterance(self, Speech(audio, input_format), query)

    async def process_and_play_audio(
        self, audio_data: Audio, *, input_format: Optional[str] = None, **selection: Unpack[Selection]
    ) -> UtteranceStatus:
        """Speaks a line and returns when its last sample was heard. Cancelling it interrupts the line.

        Raises:
            OSError: a path cannot be opened.
            Exception: what an iterator of the caller's raised; what had arrived by then was spoken.
        """
        line = self.speak(audio_data, input_format=input_format, **selection)
        try:
            status = await line.finished()
        except asyncio.CancelledError:
            await line.interrupt()
            raise
        if line.error is not None:
            raise line.error
        return status

    def turn(self, **selection: Unpack[Selection]) -> Turn:
        """An answer of several lines that follow each other without a gap: `async with host.turn() as turn:`."""
        return Turn(self, selection_query(selection))

    async def process(
        self,
        audio: Audio,
        *,
        input_format: Optional[str] = None,
        output_format: str = "wav",
        **selection: Unpack[Selection],
    ) -> AsyncIterator[bytes]:
        """A line with effects, in pieces of whole frames, each as soon as it is made. Where the host cannot be had or
        goes away and both formats are the same headerless one, the rest comes without effects.

        Raises:
            HostUnavailable: there is no host, and the formats differ.
            HostError: it refuses the line, and the formats differ.
        """
        speech = Speech(audio, input_format)
        query = {**selection_query(selection), **_given(input_format=input_format, output_format=output_format)}
        raw = headerless(output_format)
        given, rest = 0, b""
        response: Optional[Response] = None
        try:
            try:
                response = await self._connection.send("POST", "/r3x/process", query, speech.chunks, speech.size)
                if response.status != 200:
                    raise _http.refusal(response.status, await response.read())
                if "x-r3x-warning" in response.headers:
                    log.warning("%s", response.headers["x-r3x-warning"])
                async for chunk in response.chunks():
                    whole, rest = _whole(rest + chunk, raw)
                    given += len(whole)
                    if whole:
                        yield whole
                    if input_format == output_format and raw is not None:
                        speech.forget(given)
            except (HostUnavailable, HostError) as error:
                if input_format != output_format or raw is None:
                    raise
                log.warning("The rest of a line is left without effects: %s", error)
                rest = b""
                async for chunk in speech.chunks(given):
                    whole, rest = _whole(rest + chunk, raw)
                    if whole:
                        yield whole
            if speech.error is not None:
                raise speech.error
        finally:
            if response is not None:
                response.close()
            await speech.close()

    @overload
    def apply_audio_effects(
        self, samples: Sequence[float], sample_rate: int, **selection: Unpack[Selection]
    ) -> List[float]: ...

    @overload
    def apply_audio_effects(self, samples: ArrayT, sample_rate: int, **selection: Unpack[Selection]) -> ArrayT: ...

    def apply_audio_effects(
        self, samples: Union[Sequence[float], ArrayT], sample_rate: int, **selection: Unpack[Selection]
    ) -> Union[List[float], ArrayT]:
        """A line in memory with effects, as long as it came: a numpy array in its own type and shape, else a list. It
        blocks; in a coroutine, await apply_audio_effects_async. Where the host cannot be had, the line as it came.

        Args:
            samples: full scale is 1, or the greatest value of an integer type; (frames,), (frames, channels) or
                (channels, frames).
            sample_rate: frames a second, 8,000 to 96,000.
        """
        def work() -> Any:
            return asyncio.run(self.apply_audio_effects_async(cast(Any, samples), sample_rate, **selection))

        # A thread of its own: a loop may run in this one.
        with ThreadPoolExecutor(1) as thread:
            return cast(ArrayT, thread.submit(work).result())

    @overload
    async def apply_audio_effects_async(
        self, samples: Sequence[float], sample_rate: int, **selection: Unpack[Selection]
    ) -> List[float]: ...

    @overload
    async def apply_audio_effects_async(
        self, samples: ArrayT, sample_rate: int, **selection: Unpack[Selection]
    ) -> ArrayT: ...

    async def apply_audio_effects_async(
        self, samples: Any, sample_rate: int, **selection: Unpack[Selection]
    ) -> Any:
        """The same, without blocking the event loop."""
        if not 8_000 <= sample_rate <= 96_000:
            raise ValueError(f"A sample rate is 8,000 to 96,000 frames a second, not {sample_rate}.")
        data, channels, restore = _arrays.pack(samples)
        if not data:
            return restore(data)
        name = f"f32_{sample_rate}" + ("_stereo" if channels == 2 else "")
        made = b"".join(
            [part async for part in self.process(data, input_format=name, output_format=name, **selection)]
        )
        # Cut is the tail.
        return restore(made[: len(data)].ljust(len(data), b"\0"))

    def levels(self) -> AsyncIterator[Level]:
        """How loud it is, told when it is heard: for lights and servos. Goes on with the next host when one dies."""
        return self._connection.events("level", Level)

    def ducking(self) -> AsyncIterator[Duck]:
        """What music is to do while a line is heard."""
        return self._connection.events("duck", Duck)

    def mic(self) -> AsyncIterator[Mic]:
        """When not to listen."""
        return self._connection.events("mic", Mic)

    def utterances(self) -> AsyncIterator[UtteranceStatus]:
        """Every change of every line, those of other programs included."""
        return self._connection.events("utterance", UtteranceStatus)

    async def interrupt(self, everything: bool = False) -> None:
        """Ends the turn that is heard, or everything, what waits included. What plays without effects ends, too."""
        mine = [line for line in self._lines if line._is_dry or (everything and not line._is_hosted)]
        for line in mine if everything else mine[:1]:
            await line.interrupt()
        query = {"all": "true"} if everything else {}
        try:
            await (await self._connection.send("POST", "/r3x/interrupt", query, start=False)).json()
        except HostUnavailable:
            # It speaks nothing, then.
            pass

    async def pause(self) -> None:
        """Fades out; resume goes on from there. What plays without effects is not paused."""
        await (await self._connection.send("POST", "/r3x/pause")).json()

    async def resume(self) -> None:
        """Goes on from where it was paused."""
        await (await self._connection.send("POST", "/r3x/resume")).json()

    async def is_mic_muted(self) -> bool:
        """Whether the microphone is to be muted now."""
        return parse(Mic, await (await self._connection.send("GET", "/r3x/mic")).json()).muted

    async def volume(self) -> Volume:
        """The loudspeaker's volume in dB, and whether it is muted."""
        return parse(Volume, await (await self._connection.send("GET", "/r3x/volume")).json())

    async def set_volume(self, db: Optional[float] = None, muted: Optional[bool] = None) -> None:
        """Changes the volume; what is None stays as it is."""
        body = json.dumps({**({} if db is None else {"db": db}), **({} if muted is None else {"muted": muted})})
        speech = Speech(body.encode())
        headers = {"Content-Type": "application/json"}
        response = await self._connection.send("PUT", "/r3x/volume", {}, speech.chunks, speech.size, headers=headers)
        await response.json()

    async def play_background(
        self, audio: Audio, *, level_db: float = -10.0, input_format: Optional[str] = None
    ) -> None:
        """Loops music that makes way for speech. Returns once the host has all of it."""
        speech = Speech(audio, input_format)
        query = _given(level=f"{level_db:g}", input_format=input_format)
        try:
            await (await self._connection.send("PUT", "/r3x/background", query, speech.chunks, speech.size)).json()
        finally:
            await speech.close()

    async def stop_background(self) -> None:
        """Ends the music."""
        await (await self._connection.send("DELETE", "/r3x/background")).json()

    async def presets(self) -> List[Preset]:
        """Which presets there are."""
        told = await (await self._connection.send("GET", "/r3x/presets")).json()
        return [parse(Preset, preset) for preset in told["presets"]]

    async def warm_up(self, **selection: Unpack[Selection]) -> None:
        """Has a preset's effects loaded while nobody waits."""
        await (await self._connection.send("POST", "/r3x/warm-up", selection_query(selection))).json()

    def _enter(self, line: Utterance) -> Optional[Utterance]:
        """Takes a line on, and tells which one came before it."""
        # Those of a loop that was closed around them never end.
        self._lines = [known for known in self._lines if not known._over.get_loop().is_closed()]
        self._lines.append(line)
        return self._lines[-2] if len(self._lines) > 1 else None

    def _leave(self, line: Utterance) -> None:
        if line in self._lines:
            self._lines.remove(line)

    async def _quiet(self, line: Utterance) -> None:
        """Returns when no line in front of this one plays without effects: the host would sound over it."""
        for earlier in self._lines[: self._lines.index(line)]:
            if earlier._is_dry:
                await earlier.finished()

    async def _alone(self, line: Utterance) -> None:
        """Returns when every line in front of this one has ended."""
        for earlier in self._lines[: self._lines.index(line)]:
            await earlier.finished()


def _given(**values: object) -> Dict[str, str]:
    return {name: str(value) for name, value in values.items() if value is not None}


def _whole(data: bytes, raw: Optional[Raw]) -> Tuple[bytes, bytes]:
    """Whole frames, and what begins the next."""
    end = len(data) if raw is None else len(data) - len(data) % raw.frame
    return data[:end], data[end:]

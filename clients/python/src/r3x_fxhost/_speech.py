"""A spoken line's bytes: read once, kept, so that what the host does not play can still be played without it."""

from __future__ import annotations

import asyncio
import inspect
import os
from dataclasses import dataclass
from typing import IO, Any, AsyncIterator, Iterator, Optional, cast

from ._types import Audio

_BLOCK = 65536
#: A WAV file's header ends before this, or it is none.
_HEAD = 65536
_NAMES = {"pcm": "s16le", "f32": "float32le", "ulaw": "ulaw", "alaw": "alaw"}
_BYTES = {"u8": 1, "s16le": 2, "s24le": 3, "s32le": 4, "float32le": 4, "ulaw": 1, "alaw": 1}
#: Format tag and bits of a WAV file.
_WAV = {
    (1, 8): "u8",
    (1, 16): "s16le",
    (1, 24): "s24le",
    (1, 32): "s32le",
    (3, 32): "float32le",
    (6, 8): "alaw",
    (7, 8): "ulaw",
}


@dataclass(frozen=True)
class Raw:
    """Samples without a header, and where in the line they stand.

    Attributes:
        coding: by PulseAudio's names.
        start: the offset of the first sample.
        end: the offset behind the last; None for the line's end.
    """

    coding: str
    rate: int
    channels: int
    start: int = 0
    end: Optional[int] = None

    @property
    def frame(self) -> int:
        """Bytes a frame."""
        return _BYTES[self.coding] * self.channels

    def offset(self, seconds: float) -> int:
        """Where in the line the frame at that time stands."""
        return self.start + int(seconds * self.rate) * self.frame


class Speech:
    """One line. Any number of consumers, one after the other, each from the byte it wants."""

    def __init__(self, audio: Audio, input_format: Optional[str] = None) -> None:
        """
        Raises:
            OSError: a path cannot be opened.
            TypeError: it is nothing that yields bytes.
        """
        self.input_format = input_format
        #: Its bytes, where that is known beforehand.
        self.size: Optional[int] = None
        #: What its source failed with; what had arrived until then is the line.
        self.error: Optional[Exception] = None
        self._kept = bytearray()
        self._base = 0
        self._ended = False
        self._next: Optional[asyncio.Task[Optional[bytes]]] = None
        self._file: Optional[IO[bytes]] = None
        source = cast(Any, audio)
        self._source: Any = None
        if isinstance(audio, (bytes, bytearray, memoryview)):
            self._kept += audio
            self._ended, self.size = True, len(self._kept)
        elif isinstance(audio, (str, os.PathLike)):
            self._file = open(audio, "rb")
            self.size = os.fstat(self._file.fileno()).st_size or None
            self._source = _blocks(self._file)
        elif hasattr(audio, "__aiter__"):
            self._source = source.__aiter__()
        elif hasattr(audio, "read"):
            self._source = _blocks(source)
        elif hasattr(audio, "__iter__"):
            self._source = _in_thread(iter(source))
        else:
            raise TypeError(f"A line is bytes, a path, a file or an iterator of bytes, not {type(audio).__name__}.")

    async def chunks(self, at: int = 0) -> AsyncIterator[bytes]:
        """Its bytes from an offset on, as they arrive; ends with it."""
        while True:
            if at < self._base + len(self._kept):
                piece = bytes(self._kept[at - self._base : at - self._base + _BLOCK])
                at += len(piece)
                yield piece
            elif not await self._more():
                return

    def forget(self, up_to: int) -> None:
        """Nobody will ask for what stands in front of an offset."""
        count = min(up_to - self._base, len(self._kept))
        if count > 0:
            del self._kept[:count]
            self._base += count

    async def raw(self) -> Optional[Raw]:
        """Where its samples are, if it is headerless or a WAV file; None for MP3 and the like."""
        named = headerless(self.input_format)
        if named is not None:
            return named
        while len(self._kept) < 12 and await self._more():
            pass
        if not (self._kept.startswith(b"RIFF") and self._kept.startswith(b"WAVE", 8)):
            return None
        while True:
            found = _wav(bytes(self._kept[:_HEAD]))
            if found is not None or len(self._kept) >= _HEAD or not await self._more():
                return found


    def looks_like_mp3(self) -> bool:
        """By its name or its first bytes, as far as they are there."""
        named = (self.input_format or "").lower().startswith("mp3")
        return named or self._kept.startswith((b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"))

    async def close(self) -> None:
        """Stops reading. A generator that yields the line is closed."""
        self._ended = True
        self.forget(self._base + len(self._kept))
        pending, self._next = self._next, None
        if pending is not None:
            pending.cancel()
            await asyncio.wait({pending})
        if self._file is not None:
            self._file.close()
        elif hasattr(self._source, "aclose"):
            try:
                await self._source.aclose()
            except Exception as error:
                self.error = self.error or error

    async def _more(self) -> bool:
        if self._ended:
            return False
        # A task of its own: a consumer that is cancelled must not take the source's next chunk with it.
        task = self._next = self._next or asyncio.ensure_future(self._pull())
        await asyncio.wait({task})
        if self._next is not task:
            return not self._ended
        self._next = None
        error = None if task.cancelled() else task.exception()
        chunk = None if task.cancelled() or error else task.result()
        if isinstance(error, Exception):
            self.error = error
        if chunk is None:
            self._ended = True
        else:
            self._kept += chunk
        return not self._ended

    async def _pull(self) -> Optional[bytes]:
        try:
            chunk: Any = await self._source.__anext__()
        except StopAsyncIteration:
            return None
        if not isinstance(chunk, (bytes, bytearray, memoryview)):
            raise TypeError(f"A line's iterator yields bytes, not {type(chunk).__name__}.")
        return bytes(cast(bytes, chunk))


def headerless(name: Optional[str]) -> Optional[Raw]:
    """What the name of a format tells: pcm_24000, f32_48000_stereo, ...; None for one that has a header."""
    parts = (name or "").lower().split("_")
    if parts[0] not in _NAMES or len(parts) < 2 or not parts[1].isdigit():
        return None
    return Raw(_NAMES[parts[0]], int(parts[1]), 2 if parts[-1] == "stereo" else 1)


async def _blocks(file: IO[bytes]) -> AsyncIterator[bytes]:
    while True:
        block: Any = await asyncio.get_running_loop().run_in_executor(None, file.read, _BLOCK)
        # A file of an asyncio library.
        block = await block if inspect.isawaitable(block) else block
        if not block:
            return
        yield block


async def _in_thread(source: Iterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        chunk = await asyncio.get_running_loop().run_in_executor(None, lambda: next(source, None))
        if chunk is None:
            return
        yield chunk


def _wav(head: bytes) -> Optional[Raw]:
    at, coding, rate, channels = 12, None, 0, 0
    while at + 8 <= len(head):
        name, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if name == b"fmt " and at + 24 <= len(head):
            tag, channels = (int.from_bytes(head[at + i : at + i + 2], "little") for i in (8, 10))
            rate = int.from_bytes(head[at + 12 : at + 16], "little")
            bits = int.from_bytes(head[at + 22 : at + 24], "little")
            if tag == 0xFFFE and at + 34 <= len(head):
                tag = int.from_bytes(head[at + 32 : at + 34], "little")
            coding = _WAV.get((tag, bits))
        elif name == b"data":
            if coding is None or not rate or not channels:
                return None
            # A piped file does not know its length and says so in several ways.
            end = None if size in (0, 0x7FFFFFFF) or size >= 0xFFFFFF00 else at + 8 + size
            return Raw(coding, rate, channels, at + 8, end)
        at += 8 + size + size % 2
    return None

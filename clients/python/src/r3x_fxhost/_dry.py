"""A line played as it is, by whatever program can: what is left when there is no host."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from typing import AsyncIterator, List, Optional, Tuple

from ._speech import Raw, Speech

_ALSA = {
    "u8": "U8",
    "s16le": "S16_LE",
    "s24le": "S24_3LE",
    "s32le": "S32_LE",
    "float32le": "FLOAT_LE",
    "ulaw": "MU_LAW",
    "alaw": "A_LAW",
}
_TAGS = {"u8": 1, "s16le": 1, "s24le": 1, "s32le": 1, "float32le": 3, "alaw": 6, "ulaw": 7}
#: One that ends in error sooner than this had no loudspeaker and played nothing.
_OPENED = 1.0


async def play(speech: Speech, start: float = 0.0) -> Optional[str]:
    """Plays a line from a time on, while it arrives. Cancelling falls silent.

    Args:
        start: seconds of it that were heard already.

    Returns:
        None once it was heard, else why it was not, in a sentence.
    """
    raw = await speech.raw()
    tried: List[str] = []
    for program, arguments, takes in _players(raw, speech, start):
        found = sys.executable if program == "winsound" else shutil.which(program)
        if not found:
            continue
        begun = time.monotonic()
        code, said = await _run([found, *arguments], _audio(speech, raw, start, takes), takes == "file")
        if code == 0:
            return None
        tried.append(f"{program} ended with exit code {code}: {said}")
        if time.monotonic() - begun > _OPENED:
            break
    if tried:
        return "No program could play the line. " + " ".join(tried)
    if start > 0:
        return "What was left of the line is not played: install ffplay or mpv, which can begin in the middle."
    return "No program was found that could play the line: install one of paplay, aplay, ffplay, mpv."


def _players(raw: Optional[Raw], speech: Speech, start: float) -> List[Tuple[str, List[str], str]]:
    """Program, arguments, and what it takes: "raw" samples, a "wav" file or the line's "own" bytes on its standard
    input, or the name of a "file" behind its arguments."""
    if raw is not None:
        rate, channels = str(raw.rate), str(raw.channels)
        pulse = ["--raw", f"--rate={rate}", f"--channels={channels}", f"--format={raw.coding}", "--latency-msec=250"]
        alsa = ["-q", "-t", "raw", "-r", rate, "-c", channels, "-f", _ALSA[raw.coding], "-"]
        players = [
            ("paplay", pulse, "raw"),
            ("aplay", alsa, "raw"),
            ("ffplay", ["-loglevel", "error", "-nodisp", "-autoexit", "-f", "wav", "-i", "pipe:0"], "wav"),
            ("mpv", ["--no-terminal", "--no-video", "-"], "wav"),
        ]
        if sys.platform == "darwin":
            players.append(("afplay", [], "file"))
        if sys.platform == "win32":
            players.append(("winsound", ["-c", _WINSOUND], "file"))
        return players
    # By a filter: what comes through a pipe cannot be searched.
    cut = ["-af", f"atrim=start={start:.3f}"] if start > 0 else []
    trim = [f"--af=lavfi=[atrim=start={start:.3f}]"] if start > 0 else []
    players = [
        ("ffplay", ["-loglevel", "error", "-nodisp", "-autoexit", *cut, "-i", "pipe:0"], "own"),
        ("mpv", ["--no-terminal", "--no-video", *trim, "-"], "own"),
    ]
    if start == 0 and sys.platform == "darwin":
        players.append(("afplay", [], "file"))
    if start == 0 and speech.looks_like_mp3():
        players.append(("mpg123", ["-q", "-"], "own"))
    return players


_WINSOUND = "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME)"


async def _audio(speech: Speech, raw: Optional[Raw], start: float, takes: str) -> AsyncIterator[bytes]:
    if raw is None:
        async for piece in speech.chunks():
            yield piece
        return
    if takes != "raw":
        yield _header(raw)
    at = raw.offset(start)
    left = sys.maxsize if raw.end is None else raw.end - at
    async for piece in speech.chunks(at):
        if left <= 0:
            return
        yield piece[:left]
        left -= len(piece)


def _header(raw: Raw) -> bytes:
    bits = raw.frame // raw.channels * 8
    form = struct.pack("<HHIIHH", _TAGS[raw.coding], raw.channels, raw.rate, raw.rate * raw.frame, raw.frame, bits)
    return b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + b"data\xff\xff\xff\xff"


async def _run(command: List[str], audio: AsyncIterator[bytes], as_file: bool) -> Tuple[int, str]:
    """Runs a player to its end: its exit code and the last it said."""
    path: Optional[str] = None
    process: Optional[asyncio.subprocess.Process] = None
    feeding: Optional[asyncio.Task[None]] = None
    try:
        if as_file:
            path = await _as_file(audio)
            command = [*command, path]
        pipe = subprocess.DEVNULL if as_file else subprocess.PIPE
        process = await _start(command, pipe)
        assert process.stderr is not None
        if process.stdin is not None:
            feeding = asyncio.ensure_future(_feed(process.stdin, audio))
        said = (await process.stderr.read()).decode("utf-8", "replace").strip()
        return await process.wait(), said.splitlines()[-1] if said else ""
    except (OSError, NotImplementedError) as error:
        return -1, str(error) or type(error).__name__
    finally:
        if feeding is not None:
            feeding.cancel()
        if process is not None and process.returncode is None:
            _kill(process)
            await process.wait()
        if path is not None:
            os.unlink(path)


async def _start(command: List[str], pipe: int) -> asyncio.subprocess.Process:
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command,
            stdin=pipe,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # A group of its own: a player may be a script that runs the program.
            start_new_session=os.name == "posix",
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        # Cancelled within, asyncio (3.11) waits for pipes that it never opened, for ever.
        with contextlib.suppress(OSError, NotImplementedError):
            process = await starting
            _kill(process)
            if process.stdin is not None:
                process.stdin.close()
            await process.wait()
        raise


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


async def _feed(pipe: asyncio.StreamWriter, audio: AsyncIterator[bytes]) -> None:
    try:
        async for piece in audio:
            pipe.write(piece)
            await pipe.drain()
    except OSError:
        # It has ended; its exit code tells.
        pass
    finally:
        pipe.close()


async def _as_file(audio: AsyncIterator[bytes]) -> str:
    data = bytearray()
    async for piece in audio:
        data += piece
    if data.startswith(b"RIFF\xff\xff\xff\xff"):
        data[4:8], data[40:44] = struct.pack("<I", len(data) - 8), struct.pack("<I", len(data) - 44)
    handle, path = tempfile.mkstemp(prefix="r3x-", suffix=".wav" if data.startswith(b"RIFF") else ".mp3")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return path

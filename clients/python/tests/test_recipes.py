"""The programs of docs/assistants.md, run as they stand there. The frameworks are stood in for by as much of them as
the programs touch, under the names and with the calls of Pipecat and of LiveKit Agents 1.x."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
import sys
import types
import unittest
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, AsyncIterator, Dict, List
from unittest import mock

from fake_host import FakeHost, Request
from player import Player

import r3x_fxhost

_DOCS = Path(__file__).resolve().parents[3] / "docs" / "assistants.md"
_LINE = bytes(range(240)) * 20


def recipe(marker: str) -> str:
    """The program of the Python section that holds a word."""
    section = _DOCS.read_text(encoding="utf-8").split("\n## Python\n")[1].split("\n## ")[0]
    (code,) = [code for code in re.findall(r"```python\n(.*?)```", section, re.DOTALL) if marker in code]
    return code


def run(code: str, modules: Dict[str, Dict[str, Any]], **names: Any) -> Dict[str, Any]:
    """Runs a program among modules of the test's own; gives what it defined."""
    made: Dict[str, types.ModuleType] = {}
    for name, content in modules.items():
        for end in range(1, name.count(".") + 2):
            part = ".".join(name.split(".")[:end])
            made.setdefault(part, types.ModuleType(part))
        made[name].__dict__.update(content)
    defined: Dict[str, Any] = {"__name__": "recipe", **names}
    with mock.patch.dict(sys.modules, made):
        exec(compile(code, str(_DOCS), "exec"), defined)
    return defined


async def inverted(request: Request) -> None:
    """An effect that is easy to tell: every byte upside down, and a tail of four."""
    await request.begin("audio/pcm")
    piece = await request.read_chunk()
    while piece:
        await request.chunk(bytes(255 - byte for byte in piece))
        piece = await request.read_chunk()
    await request.chunk(b"tail")
    await request.end()


INVERTED = bytes(255 - byte for byte in _LINE) + b"tail"


class Recipes(unittest.TestCase):
    def setUp(self) -> None:
        logging.getLogger("r3x_fxhost").setLevel(logging.CRITICAL)

    def test_rex_talk_speaks_both_lines(self) -> None:
        class Voice:
            text_to_speech: Any = None

            async def stream(self, voice_id: str, text: str, model_id: str) -> AsyncIterator[bytes]:
                yield b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0"
                yield b"data\xff\xff\xff\xff"
                yield text.encode()

        voice = Voice()
        voice.text_to_speech = voice
        nobody = mock.patch.dict(os.environ, {"R3X_SERVE": "http://127.0.0.1:9"})
        with Player() as player, nobody, mock.patch.object(r3x_fxhost, "_default", None):
            run(
                recipe("rex_talk"),
                {"elevenlabs.client": {"AsyncElevenLabs": lambda: voice}},
                open=lambda *_, **__: io.BytesIO(),
            )
            said = [line.decode() for line in player.played()]
        self.assertEqual(
            ["Hello there! Welcome to the cantina.", "Sorry. I am still getting used to my programming."], said
        )

    def test_pipecat_hears_the_line_with_effects_and_its_tail_before_its_end(self) -> None:
        @dataclass
        class Frame:
            name: str = field(init=False, default="frame")

        @dataclass
        class TTSAudioRawFrame(Frame):
            audio: bytes
            sample_rate: int
            num_channels: int

        class TTSStoppedFrame(Frame):
            pass

        class InterruptionFrame(Frame):
            pass

        class FrameProcessor:
            def __init__(self) -> None:
                self.pushed: List[Frame] = []

            async def process_frame(self, frame: Frame, direction: str) -> None:
                pass

            async def push_frame(self, frame: Frame, direction: str = "down") -> None:
                self.pushed.append(frame)

            def create_task(self, coroutine: Any) -> asyncio.Task[Any]:
                return asyncio.ensure_future(coroutine)

            async def cancel_task(self, task: asyncio.Task[Any]) -> None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

        code = run(
            recipe("pipecat"),
            {
                "pipecat.frames.frames": {
                    "InterruptionFrame": InterruptionFrame,
                    "TTSAudioRawFrame": TTSAudioRawFrame,
                    "TTSStoppedFrame": TTSStoppedFrame,
                },
                "pipecat.processors.frame_processor": {"FrameProcessor": FrameProcessor},
            },
        )

        async def speak() -> List[Frame]:
            async with FakeHost(process=inverted) as fake:
                with mock.patch.dict(os.environ, {"R3X_SERVE": fake.address}):
                    droid = code["DroidVoice"](preset="excited")
                for frame in (
                    TTSAudioRawFrame(b"forgotten!", 24000, 1),
                    InterruptionFrame(),
                    *[TTSAudioRawFrame(_LINE[at : at + 480], 24000, 1) for at in range(0, len(_LINE), 480)],
                    TTSStoppedFrame(),
                ):
                    await droid.process_frame(frame, "down")
                self.assertEqual("excited", fake.requests[-1].query["preset"])
                return list(droid.pushed)

        interruption, *voice, stopped = asyncio.run(speak())
        self.assertIsInstance(interruption, InterruptionFrame)
        self.assertIsInstance(stopped, TTSStoppedFrame)
        self.assertEqual(INVERTED, b"".join(frame.audio for frame in voice))

    @unittest.skipIf(sys.version_info < (3, 10), "LiveKit Agents needs Python 3.10")
    def test_livekit_hears_the_line_with_effects_and_its_tail(self) -> None:
        class AudioFrame:
            def __init__(self, data: bytes, sample_rate: int, num_channels: int, samples_per_channel: int) -> None:
                assert len(data) == 2 * num_channels * samples_per_channel
                self.data = memoryview(data).cast("h")
                self.sample_rate, self.num_channels = sample_rate, num_channels

        class Agent:
            class default:
                @staticmethod
                async def tts_node(agent: Any, text: Any, settings: Any) -> AsyncIterator[AudioFrame]:
                    for at in range(0, len(_LINE), 480):
                        yield AudioFrame(_LINE[at : at + 480], 24000, 1, 240)

        code = run(
            recipe("livekit"),
            {
                "livekit": {"rtc": types.SimpleNamespace(AudioFrame=AudioFrame)},
                "livekit.agents": {"Agent": Agent},
            },
        )

        async def speak() -> bytes:
            async with FakeHost(process=inverted) as fake:
                droid = code["Droid"]()
                droid.host = r3x_fxhost.FxHost(fake.address)
                return b"".join([bytes(frame.data) async for frame in droid.tts_node(None, None)])

        self.assertEqual(INVERTED, asyncio.run(speak()))


if __name__ == "__main__":
    unittest.main()

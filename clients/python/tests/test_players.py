"""Every player that this machine has, without a host: what of a line is heard from a real sound server."""

from __future__ import annotations

import array
import asyncio
import math
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from loudspeaker import RATE, Loudspeaker, frequency

from r3x_fxhost import FxHost, _dry
from r3x_fxhost._speech import Speech


def tones(*frequencies: int, rate: int = 24000) -> bytes:
    """Half a second each, one after the other: 16-bit mono."""
    samples = array.array("h")
    for hertz in frequencies:
        samples.extend(int(9000 * math.sin(2 * math.pi * hertz * at / rate)) for at in range(rate // 2))
    return samples.tobytes()


class Players(unittest.IsolatedAsyncioTestCase):
    loudspeaker: Loudspeaker

    @classmethod
    def setUpClass(cls) -> None:
        cls.loudspeaker = Loudspeaker().__enter__()
        cls.addClassCleanup(cls.loudspeaker.__exit__, None, None, None)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.mp3 = Path(folder.name, "line.mp3")
        cls.ogg = Path(folder.name, "line.ogg")
        for path in (cls.mp3, cls.ogg):
            raw = ["-f", "s16le", "-ar", "24000", "-ac", "1", "-i", "-"]
            subprocess.run(["ffmpeg", "-loglevel", "error", *raw, path], input=tones(400, 1000), check=True)

    async def play(self, player: str, speech: Speech, start: float) -> "array.array[int]":
        """What is heard of a line when this is the only player there is."""
        which = shutil.which
        self.loudspeaker.listen()
        with mock.patch("shutil.which", lambda program: which(program) if program == player else None):
            self.assertIsNone(await _dry.play(speech, start))
        return await asyncio.get_running_loop().run_in_executor(None, self.loudspeaker.heard)

    async def assert_second_tone(self, player: str, speech: Speech) -> None:
        heard = await self.play(player, speech, 0.5)
        # On a busy machine a player's sound may have gaps.
        self.assertAlmostEqual(0.5, len(heard) / RATE, delta=0.3, msg=player)
        self.assertAlmostEqual(1000, frequency(heard), delta=300, msg=player)

    async def test_samples_are_played_from_where_the_host_stopped(self) -> None:
        for player in ("paplay", "aplay", "ffplay", "mpv"):
            with self.subTest(player):
                await self.assert_second_tone(player, Speech(tones(400, 1000), "pcm_24000"))

    async def test_an_mp3_and_an_ogg_are_played_from_where_the_host_stopped(self) -> None:
        for player, path in (("ffplay", self.mp3), ("mpv", self.ogg)):
            with self.subTest(player + path.suffix):
                with open(path, "rb") as file:
                    await self.assert_second_tone(player, Speech(file))

    async def test_a_player_without_a_loudspeaker_gives_way_to_the_next(self) -> None:
        heard = asyncio.get_running_loop().run_in_executor(None, self.loudspeaker.heard)
        with tempfile.TemporaryDirectory() as folder:
            broken = Path(folder, "paplay")
            broken.write_text("#!/bin/sh\necho 'Connection refused' >&2\nexit 1\n")
            broken.chmod(0o755)
            self.loudspeaker.listen()
            with mock.patch.dict(os.environ, {"PATH": f"{folder}:{os.environ['PATH']}", "R3X_COMMAND": "/nonexistent"}):
                status = await FxHost("http://127.0.0.1:9").process_and_play_audio(tones(400), input_format="pcm_24000")
        self.assertEqual(("done", True), (status.state, status.dry))
        self.assertAlmostEqual(0.5, len(await heard) / RATE, delta=0.3)


if __name__ == "__main__":
    unittest.main()

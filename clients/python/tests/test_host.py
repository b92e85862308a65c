"""Lines through the real `r3x serve`, which the client starts."""

from __future__ import annotations

import asyncio
import io
import logging
import subprocess
import sys
import tempfile
import unittest
from array import array
from pathlib import Path
from typing import AsyncIterator, Iterator, List

from loop_watch import LoopWatch
from served import Served, in_thread, r3x, residual_db, tones

from r3x_fxhost import UtteranceStatus, Utterance

LINE = tones(300, 500, seconds=0.2)
LONG = tones(300) * 40
PCM = "pcm_24000"


class Host(unittest.IsolatedAsyncioTestCase):
    served: Served

    @classmethod
    def setUpClass(cls) -> None:
        logging.getLogger("r3x_fxhost").setLevel(logging.ERROR)
        cls.served = Served()
        cls.addClassCleanup(cls.served.end)

    def setUp(self) -> None:
        self.host = self.served.client()

    async def test_a_line_is_the_same_as_bytes_path_file_and_iterator(self) -> None:
        async def arriving() -> AsyncIterator[bytes]:
            for at in range(0, len(LINE), 1001):
                yield LINE[at : at + 1001]

        def pieces() -> Iterator[bytes]:
            yield LINE[:777]
            yield LINE[777:]

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "line.pcm")
            path.write_bytes(LINE)
            sources = [LINE, path, str(path), io.BytesIO(LINE), arriving(), pieces()]
            lines = [self.host.speak(source, input_format=PCM, preset="radio") for source in sources]
            ends = await asyncio.gather(*[line.finished() for line in lines])
        self.assertEqual([("done", "radio", False, None)] * 6, [(e.state, e.preset, e.dry, e.failure) for e in ends])
        for end in ends:
            self.assertAlmostEqual(ends[0].heard_ms, end.heard_ms, delta=2)
            self.assertGreaterEqual(end.heard_ms, 400)

    async def test_ten_lines_at_once_are_heard_in_order_one_after_the_other(self) -> None:
        lines = [self.host.speak(tones(300, seconds=0.1), input_format=PCM, tag=f"line {n}") for n in range(10)]
        begun = [moment(status) for status in await asyncio.gather(*[line.started() for line in lines])]
        ends = await asyncio.gather(*[line.finished() for line in lines])
        self.assertEqual({("done", False)}, {(end.state, end.dry) for end in ends})
        # What rings on of one may sound under the next.
        for before, after in zip(begun, begun[1:]):
            self.assertGreaterEqual(after - before, 0.099)

    async def test_barge_in_ends_a_line_and_the_next_one_is_heard(self) -> None:
        line = self.host.speak(LONG, input_format=PCM)
        await line.started()
        await self.host.interrupt()
        end = await line
        self.assertEqual(("interrupted", False), (end.state, end.dry))
        self.assertLess(end.heard_ms, 19_000)
        self.assertEqual("done", (await self.host.process_and_play_audio(LINE, input_format=PCM)).state)

    async def test_cancelling_a_call_interrupts_its_line(self) -> None:
        call = asyncio.ensure_future(self.host.process_and_play_audio(LONG, input_format=PCM))
        await asyncio.sleep(0)
        (line,) = self.host._lines
        await line.started()
        call.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await call
        self.assertEqual(("interrupted", False), ((await line).state, line.status.dry))

    async def test_an_unknown_preset_falls_back_and_says_so(self) -> None:
        end = await self.host.process_and_play_audio(LINE, input_format=PCM, preset="exited")
        self.assertEqual(("done", "dj-r3x", False), (end.state, end.preset, end.dry))
        self.assertTrue(any("exited" in warning for warning in end.warnings), end.warnings)
        with self.assertLogs("r3x_fxhost", "WARNING") as logs:
            await self.host.apply_audio_effects_async([0.1] * 2400, 24000, preset="exited")
        self.assertIn("exited", logs.output[0])

    async def test_mood_and_cue_choose(self) -> None:
        end = await self.host.process_and_play_audio(LINE, input_format=PCM, mood="sad", amount="50%", seed=7)
        self.assertEqual(("done", "sad"), (end.state, end.preset))

    async def test_levels_come_while_a_line_is_heard(self) -> None:
        levels = self.host.levels()
        first = asyncio.ensure_future(levels.__anext__())
        # Only who listens already is told.
        while not first.done():
            await self.host.process_and_play_audio(LINE, input_format=PCM)
        level = await first
        while not level.ends:
            level = await levels.__anext__()
        line = self.host.speak(LINE, input_format=PCM, mood="happy")
        seen = [await levels.__anext__()]
        while not seen[-1].ends:
            seen.append(await levels.__anext__())
        self.assertTrue(seen[0].begins)
        self.assertEqual("happy", seen[0].mood)
        self.assertEqual(8, len(seen[0].bands_db))
        self.assertGreater(max(level.rms for level in seen), 0.02)
        await line

    async def test_a_turn_is_heard_when_its_block_is_left(self) -> None:
        async with self.host.turn(preset="radio") as turn:
            lines = [turn.speak(tones(300, seconds=0.2), input_format=PCM) for _ in range(3)]
        self.assertEqual([("done", "radio")] * 3, [(line.status.state, line.status.preset) for line in lines])

    async def test_an_exception_in_a_turns_block_interrupts_it(self) -> None:
        line: List[Utterance] = []
        with self.assertRaises(KeyError):
            async with self.host.turn() as turn:
                line.append(turn.speak(LONG, input_format=PCM))
                await line[0].started()
                raise KeyError
        self.assertEqual("interrupted", (await line[0]).state)

    async def test_volume_music_microphone_and_pause(self) -> None:
        await self.host.set_volume(db=-6)
        self.assertEqual((-6, False), ((await self.host.volume()).db, (await self.host.volume()).muted))
        await self.host.set_volume(db=0)
        await self.host.play_background(tones(200), level_db=-20, input_format=PCM)
        line = self.host.speak(LONG, input_format=PCM)
        await line.started()
        self.assertTrue(await self.host.is_mic_muted())
        await self.host.pause()
        await asyncio.sleep(0.6)
        paused = line.status.position_ms
        await asyncio.sleep(0.6)
        self.assertEqual(paused, line.status.position_ms)
        await self.host.resume()
        while line.status.position_ms == paused:
            await asyncio.sleep(0.01)
        await line.interrupt()
        self.assertEqual("interrupted", (await line).state)
        await self.host.stop_background()
        self.assertIn("excited", [preset.id for preset in await self.host.presets()])
        await self.host.warm_up(preset="excited")

    async def test_music_is_told_when_to_duck(self) -> None:
        ducking = self.host.ducking()
        duck = asyncio.ensure_future(ducking.__anext__())
        while not duck.done():
            await self.host.process_and_play_audio(LINE, input_format=PCM)
            # Lines that are closer to each other are one.
            await asyncio.sleep(1)
        self.assertGreater((await duck).fade_ms, 0)

    async def test_samples_with_effects_are_those_of_r3x_render(self) -> None:
        samples = array("h", LINE)
        floats = [sample / 32768 for sample in samples]
        made = await self.host.apply_audio_effects_async(floats, 24000, preset="excited", seed=3)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "line.raw")
            arguments = ["--input-format", PCM, "--preset", "excited", "--seed", "3", "--output-format", "f32_24000"]
            await in_thread(lambda: r3x("render", "-", *arguments, "-o", str(file), input=LINE))
            rendered = array("f", file.read_bytes())
        self.assertEqual(len(floats), len(made))
        self.assertGreaterEqual(len(rendered), len(made))
        self.assertLess(residual_db(rendered[: len(made)], made), -60)
        self.assertGreater(residual_db(floats, made), -30, "the effects changed nothing")

    async def test_arrays_come_back_as_they_went(self) -> None:
        import numpy

        mono = numpy.frombuffer(LINE, "<i2")
        stereo = numpy.stack([mono, mono]).astype(numpy.float32) / 32768
        for samples in (mono, stereo, stereo.T, stereo.astype(numpy.float64)):
            made = await self.host.apply_audio_effects_async(samples, 24000, preset="radio", seed=1)
            self.assertEqual((samples.dtype, samples.shape), (made.dtype, made.shape))
            self.assertFalse(numpy.array_equal(samples, made))
        dry = self.host.apply_audio_effects(mono, 24000, dry=True)
        self.assertTrue(numpy.array_equal(mono, dry))

    async def test_a_line_holds_the_event_loop_for_milliseconds_at_most(self) -> None:
        async def arriving() -> AsyncIterator[bytes]:
            for _ in range(50):
                yield LINE[:960]
                await asyncio.sleep(0.02)

        await self.host.start()
        with LoopWatch() as watch:
            end = await self.host.process_and_play_audio(arriving(), input_format=PCM)
        self.assertEqual("done", end.state)
        self.assertGreater(len(watch.held), 50)
        held, what = watch.longest()
        print(f"longest callback {held * 1000:.1f} ms of {len(watch.held)}", file=sys.stderr)
        self.assertLess(held, 0.02, what)


class Starting(unittest.TestCase):
    def test_programs_that_start_at_once_share_one_host(self) -> None:
        served = Served()
        self.addCleanup(served.end)
        code = (
            "import asyncio, sys; from r3x_fxhost import FxHost\n"
            f"host = FxHost({served.address!r}, serve_arguments={served.arguments!r}, patience=60)\n"
            "end = asyncio.run(host.process_and_play_audio(bytes(4800), input_format='pcm_24000'))\n"
            "print(end.state, end.dry)"
        )
        programs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)]
        said = [program.communicate()[0] for program in programs]
        self.assertEqual([b"done False\n"] * 4, said)
        running = subprocess.run(["pgrep", "-f", served.address.rsplit(":", 1)[1]], stdout=subprocess.PIPE, check=True)
        self.assertEqual([str(served.pid())], running.stdout.decode().split())


def moment(status: UtteranceStatus) -> float:
    assert status.moment is not None
    return status.moment


if __name__ == "__main__":
    unittest.main()

"""What the client does when the host is not there, refuses, hangs or dies."""

from __future__ import annotations

import asyncio
import logging
import struct
import time
import unittest
from typing import AsyncIterator
from unittest import mock

from fake_host import FakeHost, Request
from player import Player

from r3x_fxhost import FxHost, HostUnavailable, _http, _utterance

#: A second of 24 kHz mono in which no two samples are alike.
LINE = struct.pack("<24000h", *range(-12000, 12000))
PCM = "pcm_24000"


def rest_of(line: bytes, played: bytes) -> int:
    """Frames in front of what was played, which has to be the line's end."""
    assert line.endswith(played), "what was played is not the end of the line"
    return (len(line) - len(played)) // 2


async def speak_to_the_end(request: Request) -> None:
    await request.begin("text/event-stream")
    await request.tell("queued")
    await request.read_body()
    for state in ("buffering", "speaking", "draining", "done"):
        await request.tell(state, cut=3, position_ms=1000, heard_ms=1000, preset="dj-r3x")
    await request.end()


class Faults(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        logging.getLogger("r3x_fxhost").setLevel(logging.CRITICAL + 1)
        self.player = self.enter(Player())

    def enter(self, manager):  # enterContext came with Python 3.11
        value = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return value

    async def test_without_a_host_the_line_is_heard_as_it_is(self) -> None:
        status = await FxHost("http://127.0.0.1:9").process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual(("done", True, None), (status.state, status.dry, status.failure))
        self.assertEqual([LINE], self.player.played())

    async def test_ten_lines_without_a_host_are_heard_one_after_the_other(self) -> None:
        lines = [bytes([n, n]) * 1000 for n in range(10)]
        host = FxHost("http://127.0.0.1:9")
        await asyncio.gather(*[host.process_and_play_audio(line, input_format=PCM) for line in lines])
        self.assertEqual(lines, self.player.played())

    async def test_without_a_host_and_a_player_the_status_says_so(self) -> None:
        with mock.patch("shutil.which", return_value=None):
            status = await FxHost("http://127.0.0.1:9").process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual("failed", status.state)
        self.assertIn("install one of paplay", status.failure or "")

    async def test_samples_come_back_as_they_were_without_a_host(self) -> None:
        samples = [0.25, -0.5, 0.125]
        self.assertEqual(samples, await FxHost("http://127.0.0.1:9").apply_audio_effects_async(samples, 24000))
        self.assertEqual(samples, FxHost("http://127.0.0.1:9").apply_audio_effects(samples, 24000))

    async def test_a_message_names_the_program_that_was_not_found(self) -> None:
        with self.assertRaisesRegex(HostUnavailable, "R3X_COMMAND"):
            await FxHost("http://127.0.0.1:9").start()

    async def test_another_program_at_the_address_is_named_and_the_line_is_heard(self) -> None:
        async def page(request: Request) -> None:
            await request.answer(404, b"<html>")

        async with FakeHost(speak=page, r3x=page) as fake:
            host = FxHost(fake.address)
            with self.assertRaisesRegex(HostUnavailable, "R3X_SERVE"):
                await host.start()
            await host.process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual([LINE], self.player.played())

    async def test_events_cut_anywhere_are_understood(self) -> None:
        async with FakeHost(speak=speak_to_the_end) as fake:
            line = FxHost(fake.address).speak(LINE, input_format=PCM, preset="excited", amount=0.7)
            states = [status.state async for status in line]
            self.assertEqual("done", states[-1])
            self.assertEqual(("dj-r3x", False, 1000), (line.status.preset, line.status.dry, line.status.heard_ms))
            request = fake.requests[0]
        self.assertEqual({"preset": "excited", "amount": "70%", "input_format": PCM}, request.query)
        self.assertEqual(LINE, request.body)
        self.assertEqual([], self.player.played())

    async def test_a_line_whose_host_dies_goes_on_where_it_was_heard(self) -> None:
        async def die(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued")
            await request.read_body()
            await request.tell("speaking", position_ms=250)
            await request.tell("speaking", position_ms=500)
            # Standing still, as when paused.
            await request.tell("speaking", position_ms=500)
            request.die()

        async with FakeHost(speak=die) as fake:
            status = await FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual(("done", True), (status.state, status.dry))
        self.assertEqual(12000, rest_of(LINE, *self.player.played()))

    async def test_what_the_host_went_on_to_play_before_it_died_is_not_played_again(self) -> None:
        clock = 100.0

        async def die_later(request: Request) -> None:
            nonlocal clock
            await request.begin("text/event-stream")
            await request.tell("queued")
            await request.read_body()
            await request.tell("speaking", position_ms=300)
            while line.status.position_ms != 300:
                await asyncio.sleep(0)
            clock += 0.2
            request.die()

        with mock.patch.object(_utterance, "monotonic", lambda: clock):
            async with FakeHost(speak=die_later) as fake:
                line = FxHost(fake.address).speak(LINE, input_format=PCM)
                await line
        self.assertAlmostEqual(12000, rest_of(LINE, *self.player.played()), delta=1)

    async def test_a_line_whose_voice_has_ended_is_over_when_its_host_dies(self) -> None:
        async def die(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued")
            await request.read_body()
            await request.tell("speaking", position_ms=0)
            await request.tell("draining", position_ms=1000)
            request.die()

        async with FakeHost(speak=die) as fake:
            status = await FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual(("done", True), (status.state, status.dry))
        self.assertEqual([], self.player.played())

    async def test_a_line_that_still_arrives_when_its_host_dies_is_heard_whole(self) -> None:
        died = asyncio.Event()

        async def die(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued")
            await request.read_chunk()
            request.die()
            died.set()

        async def arriving() -> AsyncIterator[bytes]:
            yield LINE[:9999]
            await died.wait()
            await asyncio.sleep(0.05)
            yield LINE[9999:]

        async with FakeHost(speak=die) as fake:
            await FxHost(fake.address).process_and_play_audio(arriving(), input_format=PCM)
        self.assertEqual([LINE], self.player.played())

    async def test_a_host_that_hangs_is_given_up(self) -> None:
        async def hang(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued")
            await asyncio.sleep(60)

        with mock.patch.object(_http, "ANSWER_LIMIT", 0.2):
            async with FakeHost(speak=hang) as fake:
                await FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual([LINE], self.player.played())

    async def test_a_full_queue_is_waited_for_in_order(self) -> None:
        full = True

        async def refuse_first(request: Request) -> None:
            nonlocal full
            if full:
                full = False
                await request.answer(503, b"{}", Retry_After="0")
            else:
                await speak_to_the_end(request)

        async with FakeHost(speak=refuse_first) as fake:
            host = FxHost(fake.address)
            await asyncio.gather(*[host.process_and_play_audio(bytes([n] * 8), input_format=PCM) for n in range(3)])
            bodies = [request.body[:1] for request in fake.requests if request.body]
        self.assertEqual([b"\0", b"\1", b"\2"], bodies)
        self.assertEqual([], self.player.played())

    async def test_cancelling_takes_the_line_back(self) -> None:
        speaking, deleted = asyncio.Event(), asyncio.Event()

        async def speak(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued", id="u7")
            speaking.set()
            await deleted.wait()
            await request.tell("interrupted", id="u7", heard_ms=120)
            await request.end()

        async def delete(request: Request) -> None:
            deleted.set()
            await request.answer(200)

        async with FakeHost(speak=speak, delete=delete) as fake:
            call = asyncio.ensure_future(FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM))
            await speaking.wait()
            await asyncio.sleep(0.05)
            call.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await call
            self.assertIn(("DELETE", "/r3x/utterances/u7"), fake.asked())
        self.assertEqual([], self.player.played())

    async def test_interrupting_ends_what_plays_without_effects(self) -> None:
        self.enter(Player(ends=False))
        host = FxHost("http://127.0.0.1:9")
        line = host.speak(LINE, input_format=PCM)
        behind = host.speak(LINE, input_format=PCM)
        await line.started()
        await host.interrupt(everything=True)
        self.assertEqual("interrupted", (await line).state)
        self.assertEqual(("interrupted", 0), ((await behind).state, behind.status.heard_ms))

    async def test_interrupting_while_a_player_is_being_started_ends_the_line(self) -> None:
        player = self.enter(Player(ends=False))
        start = asyncio.create_subprocess_exec

        def interrupt() -> None:
            # The player has begun to read, and asyncio has not opened its pipes.
            while not player.played():
                time.sleep(0.01)
            line._task.cancel()

        async def interrupted(*command: str, **options: object) -> asyncio.subprocess.Process:
            asyncio.get_running_loop().call_soon(interrupt)
            return await start(*command, **options)  # type: ignore[arg-type]

        with mock.patch("asyncio.create_subprocess_exec", interrupted):
            line = FxHost("http://127.0.0.1:9").speak(LINE, input_format=PCM)
            self.assertEqual("interrupted", (await asyncio.wait_for(line.finished(), 20)).state)

    async def test_a_source_that_fails_is_heard_as_far_as_it_came_and_its_error_is_raised(self) -> None:
        async def broken() -> AsyncIterator[bytes]:
            yield LINE
            raise RuntimeError("the speech service is gone")

        async with FakeHost(speak=speak_to_the_end) as fake:
            with self.assertRaisesRegex(RuntimeError, "service is gone"):
                await FxHost(fake.address).process_and_play_audio(broken(), input_format=PCM)
            self.assertEqual(LINE, fake.requests[0].body)

    async def test_a_turn_that_a_new_host_does_not_know_is_spoken_all_the_same(self) -> None:
        async def speak(request: Request) -> None:
            if "turn" in request.query:
                await request.answer(404, b"{}")
            else:
                await speak_to_the_end(request)

        async def turns(request: Request) -> None:
            await request.answer(200, b'{"id": "t1"}')

        async with FakeHost(speak=speak, turns=turns) as fake:
            async with FxHost(fake.address).turn(mood="sad") as turn:
                line = turn.speak(LINE, input_format=PCM)
            self.assertEqual(("done", False), (line.status.state, line.status.dry))
            self.assertEqual("sad", fake.requests[-2].query["mood"])

    async def test_processing_goes_on_without_effects_where_the_host_stopped(self) -> None:
        async def process(request: Request) -> None:
            await request.begin("audio/pcm")
            await request.read_body()
            await request.chunk(bytes(8000))
            request.die()

        async with FakeHost(process=process) as fake:
            host = FxHost(fake.address)
            made = b"".join([part async for part in host.process(LINE, input_format=PCM, output_format=PCM)])
            with self.assertRaises(HostUnavailable):
                async for _ in host.process(LINE, input_format=PCM, output_format="mp3"):
                    pass
        self.assertEqual(bytes(8000) + LINE[8000:], made)

    async def test_pieces_are_whole_frames(self) -> None:
        async def process(request: Request) -> None:
            await request.begin("audio/pcm")
            for at in range(0, 24, 3):
                await request.chunk(LINE[at : at + 3])
                await asyncio.sleep(0.01)
            await request.end()

        async with FakeHost(process=process) as fake:
            host = FxHost(fake.address)
            form = "pcm_24000_stereo"
            made = [part async for part in host.process(LINE, input_format=form, output_format=form)]
        self.assertEqual(LINE[:24], b"".join(made))
        self.assertEqual({0}, {len(part) % 4 for part in made})

    async def test_levels_go_on_when_the_host_comes_back(self) -> None:
        async def events(request: Request) -> None:
            await request.begin("text/event-stream")
            level = b'{"time": 1, "rms_db": -20, "newer": 1, "bands_db": [1]}'
            await request.chunk(b"event: level\r\ndata: " + level + b"\r\n\r\n")
            request.die()

        async with FakeHost(events=events) as fake:
            levels = FxHost(fake.address).levels()
            first, second = await levels.__anext__(), await levels.__anext__()
        self.assertEqual((0.1, (1,)), (first.rms, first.bands_db))
        self.assertEqual(first, second)

    async def test_what_is_not_understood_costs_the_effects_and_not_the_line(self) -> None:
        async def babble(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.chunk(b'event: utterance\ndata: ["queued"]\n\n')
            await request.read_body()

        async with FakeHost(speak=babble) as fake:
            await FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM)
        self.assertEqual([LINE], self.player.played())

    def test_an_address_may_go_without_its_scheme_and_a_wrong_one_is_refused(self) -> None:
        self.assertEqual("http://127.0.0.1:7373", FxHost("127.0.0.1:7373").address)
        for address in ("http://", "ftp://127.0.0.1", "http://127.0.0.1:x"):
            with self.assertRaisesRegex(ValueError, "Write it like"):
                FxHost(address)

    async def test_a_text_that_no_address_holds_is_cut(self) -> None:
        async with FakeHost(speak=speak_to_the_end) as fake:
            await FxHost(fake.address).process_and_play_audio(LINE, input_format=PCM, text="größer " * 2000)
            text = fake.requests[0].query["text"]
        self.assertTrue(text.startswith("größer größer"))
        self.assertLess(len(text), 4000)

    async def test_a_line_that_the_host_cannot_speak_says_why_when_nothing_else_can(self) -> None:
        async def fail(request: Request) -> None:
            await request.begin("text/event-stream")
            await request.tell("queued")
            await request.tell("failed", failure="It holds no sound.")
            await request.end()

        async with FakeHost(speak=fail) as fake:
            with mock.patch("shutil.which", return_value=None):
                status = await FxHost(fake.address).process_and_play_audio(b"<html>")
        self.assertEqual("failed", status.state)
        self.assertIn("It holds no sound. No program", status.failure or "")

    def test_a_client_outlives_the_loop_it_was_used_from(self) -> None:
        # What is left behind is said there.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
        host = FxHost("http://127.0.0.1:9")
        for _ in range(2):
            loop = asyncio.new_event_loop()

            async def speak() -> None:
                host.speak(LINE, input_format=PCM)

            loop.run_until_complete(speak())
            loop.close()
        asyncio.run(host.process_and_play_audio(LINE, input_format=PCM))
        self.assertEqual([LINE], self.player.played())

    def test_a_keyword_that_does_not_exist_is_named(self) -> None:
        with self.assertRaisesRegex(TypeError, "moood.*preset, mood, cue"):
            FxHost().turn(moood="sad")  # type: ignore[call-arg]


if __name__ == "__main__":
    unittest.main()

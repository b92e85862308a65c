"""The host is killed while it speaks, on a real sound server: what is heard of the line."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import unittest
from array import array
from typing import List

from loudspeaker import RATE, Loudspeaker, frequency
from served import Served, in_thread, tones

#: Two seconds that tell where they are: each tenth is higher than the one before.
STEPS = list(range(300, 2300, 100))
LINE = tones(*STEPS, seconds=0.1)


def steps(heard: array[int]) -> List[float]:
    """The tone of every 20 ms that are not silent anywhere."""
    size, quarter = RATE // 50, RATE // 200
    parts = [heard[at : at + size] for at in range(0, len(heard) - size, size)]
    whole = [part for part in parts if all(max(part[at : at + quarter]) > 2000 for at in range(0, size, quarter))]
    return [frequency(part) for part in whole]


class HostKilled(unittest.IsolatedAsyncioTestCase):
    async def test_the_line_goes_on_once_and_the_next_one_starts_a_new_host(self) -> None:
        logging.getLogger("r3x_fxhost").setLevel(logging.CRITICAL)
        with Loudspeaker() as loudspeaker:
            served = Served(device="default")
            self.addCleanup(served.end)
            host = served.client()
            await host.start()
            await in_thread(loudspeaker.listen)
            line = host.speak(LINE, input_format="pcm_24000", dry=True)
            while line.status.position_ms < 400:
                await asyncio.sleep(0.01)
            first = await in_thread(served.pid)
            os.kill(first, signal.SIGKILL)
            end = await line
            self.assertEqual(("done", True, None), (end.state, end.dry, end.failure))
            heard = steps(await in_thread(loudspeaker.heard))
            for before, after in zip(heard, heard[1:]):
                self.assertGreater(after, before - 150, "something was heard twice")
            for step in STEPS:
                # A tenth of a second may go with the host: what it had given to the loudspeaker and a new one's start.
                self.assertTrue(any(abs(tone - step) <= 150 for tone in heard), f"{step} Hz was not heard")
            end = await host.process_and_play_audio(LINE, input_format="pcm_24000", preset="radio")
            self.assertEqual(("done", False, "radio"), (end.state, end.dry, end.preset))
            self.assertNotEqual(first, await in_thread(served.pid))


if __name__ == "__main__":
    unittest.main()

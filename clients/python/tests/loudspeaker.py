"""A PulseAudio server of the test's own with one silent loudspeaker, and a recording of what it plays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from array import array
from pathlib import Path
from typing import Dict
from unittest import mock

RATE = 48000
_LOUD = 300  # of 32,767


class Loudspeaker:
    """While it is entered, everything this process and its children play sounds here and is recorded."""

    def __enter__(self) -> Loudspeaker:
        self._home = tempfile.TemporaryDirectory(prefix="r3x-pulse-")
        socket = os.path.join(self._home.name, "native")
        self.environment: Dict[str, str] = {
            "HOME": self._home.name,
            "XDG_RUNTIME_DIR": self._home.name,
            "XDG_CONFIG_HOME": self._home.name,
            "PULSE_SERVER": f"unix:{socket}",
            "TMPDIR": self._home.name,
        }
        self._patch = mock.patch.dict(os.environ, self.environment)
        self._patch.start()
        self._run(
            "pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=60", "--high-priority=no", "--realtime=no",
            "--disable-shm=yes", f"--log-target=file:{self._home.name}/log",
            "-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        )  # fmt: skip
        # Without norewinds the monitor misses what a player took back.
        sink = ["sink_name=r3x", "norewinds=1", f"rate={RATE}", "channels=1"]
        self._run("pactl", "load-module", "module-null-sink", *sink)
        self._file = Path(self._home.name, "heard")
        with open(self._file, "wb") as file:
            self._recorder = subprocess.Popen(
                ["parec", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le", "--latency-msec=10", "-d",
                 "r3x.monitor"],
                stdout=file,
            )  # fmt: skip
        self._begin = 0
        self.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._recorder.kill()
        self._recorder.wait()
        os.kill(int(Path(self._home.name, "pulse", "pid").read_text()), 9)
        self._patch.stop()
        for _ in range(100):
            try:
                self._home.cleanup()
                return
            except OSError:
                # The daemon's last breath.
                time.sleep(0.05)

    def listen(self) -> None:
        """Forgets what was heard so far."""
        self._begin = self._wait(self._file_size() + RATE // 5)

    def heard(self) -> array[int]:
        """What was heard since then, once it is followed by half a second of silence, without silence at both ends."""
        while True:
            samples = self._samples()
            loud = [at for at in range(len(samples)) if abs(samples[at]) > _LOUD]
            if loud and len(samples) - loud[-1] > RATE // 2:
                return samples[loud[0] : loud[-1] + 1]
            self._wait(self._file_size() + RATE // 10)

    def is_sounding(self) -> bool:
        """Whether anything was loud since listen."""
        return any(abs(sample) > _LOUD for sample in self._samples())

    def _samples(self) -> array[int]:
        data = self._file.read_bytes()[self._begin :]
        samples = array("h", data[: len(data) // 2 * 2])
        if sys.byteorder == "big":
            samples.byteswap()
        return samples

    def _file_size(self) -> int:
        return self._file.stat().st_size // 2 * 2

    def _wait(self, size: int) -> int:
        for _ in range(3000):
            if self._file_size() >= size:
                return self._file_size()
            time.sleep(0.01)
        raise AssertionError("Nothing is recorded from the loudspeaker.")

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def frequency(samples: array[int]) -> float:
    """Of a tone: how often it goes up through zero, a second."""
    ups = sum(1 for at in range(1, len(samples)) if samples[at - 1] < 0 <= samples[at])
    return ups * RATE / max(1, len(samples))

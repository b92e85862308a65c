"""The real command, started by the client itself, on a port of the test's own."""

from __future__ import annotations

import array
import asyncio
import json
import math
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import List, Optional

from r3x_fxhost import FxHost, _server

ROOT = Path(__file__).resolve().parents[3]


def command() -> str:
    """The program r3x; that of the checkout unless the environment names one."""
    os.environ.setdefault("R3X_HOME", str(ROOT))
    found = _server.find_command()
    assert found, "r3x was not found: run ./build.sh"
    return found


def r3x(*arguments: str, input: bytes = b"") -> bytes:
    """Runs the command to its end; gives what it writes."""
    return subprocess.run([command(), *arguments], input=input, check=True, stdout=subprocess.PIPE).stdout


class Served:
    """A host at an address of its own; none runs before a client starts it."""

    def __init__(self, device: str = "null") -> None:
        command()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = "http://127.0.0.1:%d" % free.getsockname()[1]
        self.arguments = ("--device", device, "--wyoming-port", "off")

    def client(self) -> FxHost:
        return FxHost(self.address, serve_arguments=self.arguments, patience=60)

    def pid(self) -> Optional[int]:
        """The process that listens; None where none does."""
        try:
            with urllib.request.urlopen(self.address + "/r3x", timeout=10) as answer:
                return int(json.load(answer)["pid"])
        except OSError:
            return None

    def end(self) -> None:
        """Ends it as a user does."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            while _runs(pid):
                time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def tones(*frequencies: int, seconds: float = 0.5, rate: int = 24000) -> bytes:
    """One after the other: 16-bit mono."""
    samples = array.array("h")
    for hertz in frequencies:
        samples.extend(int(9000 * math.sin(2 * math.pi * hertz * at / rate)) for at in range(int(rate * seconds)))
    return samples.tobytes()


async def in_thread(work, *arguments):
    """What blocks, beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


def residual_db(a: "List[float] | array.array[float]", b: "List[float] | array.array[float]") -> float:
    """How much of the first the second does not have, in dB."""
    error = sum((x - y) ** 2 for x, y in zip(a, b))
    return 10 * math.log10((error + 1e-30) / (sum(x * x for x in a) + 1e-30))

"""The only program on the PATH that plays: it writes what it is given into a folder, in real time or at once."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import List
from unittest import mock

_SCRIPT = """#!{python}
import os, sys, time
name = os.path.join({folder!r}, "%020d-%d" % (time.monotonic_ns(), os.getpid()))
with open(name, "wb") as file:
    file.write(repr(sys.argv).encode() + b"\\n")
    while True:
        piece = os.read(0, 9600)
        if not piece:
            break
        file.write(piece)
        file.flush()
        time.sleep({pace} * len(piece) / 48000)
"""


class Player:
    """Stands in for paplay while it is entered. R3X_COMMAND and R3X_HOME name nothing."""

    def __init__(self, pace: float = 0.0) -> None:
        """
        Args:
            pace: 1 plays 24 kHz mono in real time, 0 swallows it at once.
        """
        self._pace = pace

    def __enter__(self) -> Player:
        self._home = tempfile.TemporaryDirectory()
        self.folder = Path(self._home.name, "played")
        self.folder.mkdir()
        script = Path(self._home.name, "paplay")
        script.write_text(_SCRIPT.format(python=sys.executable, folder=str(self.folder), pace=self._pace))
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self._environment = mock.patch.dict(os.environ, {"PATH": self._home.name, "R3X_COMMAND": "/nonexistent/r3x"})
        self._environment.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._environment.stop()
        self._home.cleanup()

    def played(self) -> List[bytes]:
        """What each call was given, the first call first."""
        return [path.read_bytes().split(b"\n", 1)[1] for path in sorted(self.folder.iterdir())]

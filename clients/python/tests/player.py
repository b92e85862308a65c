"""The only program on the PATH that plays: what it is given goes into a folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import List
from unittest import mock

_AT_ONCE = '#!/bin/sh\nexec /bin/cat > "%s/$(/bin/date +%%s%%N)"\n'
_FOR_EVER = '#!/bin/sh\n/bin/cat > "%s/$(/bin/date +%%s%%N)"\nexec /bin/sleep 600\n'


class Player:
    """Stands in for paplay while it is entered. R3X_COMMAND names nothing."""

    def __init__(self, ends: bool = True) -> None:
        """
        Args:
            ends: whether it swallows a line at once; else it plays until it is killed.
        """
        self._script = _AT_ONCE if ends else _FOR_EVER

    def __enter__(self) -> Player:
        self._home = tempfile.TemporaryDirectory()
        self.folder = Path(self._home.name, "played")
        self.folder.mkdir()
        script = Path(self._home.name, "paplay")
        script.write_text(self._script % self.folder)
        script.chmod(0o755)
        self._environment = mock.patch.dict(os.environ, {"PATH": self._home.name, "R3X_COMMAND": "/nonexistent/r3x"})
        self._environment.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._environment.stop()
        self._home.cleanup()

    def played(self) -> List[bytes]:
        """What each call was given, the first call first."""
        return [path.read_bytes() for path in sorted(self.folder.iterdir())]

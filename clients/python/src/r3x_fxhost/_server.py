"""Finds and starts `r3x serve`. Any number of programs may do so at once: only one of them gets the port."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from typing import IO, Any, Dict, List, Optional, Sequence, Tuple, cast
from urllib.parse import urlsplit

from . import _http
from ._types import HostError, HostUnavailable

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: Kept so that one that has ended is reaped and one that runs is not warned of: it serves other programs, too.
_started: List["subprocess.Popen[bytes]"] = []


def find_command() -> Optional[str]:
    """The program r3x: what R3X_COMMAND names, in the folder R3X_HOME, or on the PATH; None where there is none."""
    named = os.environ.get("R3X_COMMAND")
    if named:
        return shutil.which(named)
    home = os.environ.get("R3X_HOME")
    for place in ("r3x", "r3x/r3x", "artifacts/r3x/r3x") if home else ():
        for ending in (".cmd", ".exe") if sys.platform == "win32" else ("",):
            path = os.path.join(str(home), *place.split("/")) + ending
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return shutil.which("r3x")


async def answers(address: str, headers: Dict[str, str]) -> bool:
    """Whether a host listens there.

    Raises:
        HostUnavailable: another program does, or it wants another token.
    """
    try:
        response = await _http.request(address, "GET", "/r3x", {}, headers)
        told: Any = await response.json()
    except ConnectionRefusedError:
        return False
    except HostError as error:
        fix = "Set R3X_TOKEN to its token." if error.status in (401, 403) else "Set R3X_SERVE to that of r3x serve."
        raise HostUnavailable(f"What listens at {address} refuses: {error} {fix}") from error
    if not isinstance(told, dict) or cast(Dict[str, Any], told).get("name") != "R3X.FxHost":
        raise HostUnavailable(f"Another program listens at {address}. Set R3X_SERVE to that of r3x serve.")
    return True


async def start(
    address: str, headers: Dict[str, str], token: Optional[str], arguments: Optional[Sequence[str]]
) -> None:
    """Starts a host unless one answers; returns when one does. It goes on when this program ends.

    Args:
        headers: of requests to it.
        token: what a host that is started asks of its callers.
        arguments: further ones for `r3x serve`; None starts none.

    Raises:
        HostUnavailable: there is none to be had, and why.
    """
    if await answers(address, headers):
        return
    if arguments is None:
        raise HostUnavailable(f"No host listens at {address}. Start it with r3x serve.")
    url = urlsplit(address)
    if url.hostname not in _LOOPBACK or url.scheme == "https":
        raise HostUnavailable(f"No host listens at {address}. Start r3x serve on that machine.")
    program = find_command()
    if program is None:
        raise HostUnavailable(
            f"No host listens at {address}, and r3x, which could be started, was not found. "
            "Set R3X_COMMAND to the program or R3X_HOME to its folder, or put it on the PATH."
        )
    command = [program, "serve", "--port", str(url.port or 80), *arguments]
    loop = asyncio.get_running_loop()
    process, log = await loop.run_in_executor(None, _spawn, command, token)
    with log:
        while not await answers(address, headers):
            code = process.poll()
            if code is not None:
                # Another program's host may have been quicker.
                await asyncio.sleep(0.1)
                if await answers(address, headers):
                    return
                log.seek(0)
                said = log.read().decode("utf-8", "replace").strip().splitlines()
                reason = f": {said[-1]}" if said else f"; run it in a shell to see why: {' '.join(command)}"
                raise HostUnavailable(f"r3x serve ended with exit code {code}{reason}")
            await asyncio.sleep(0.05)


def _spawn(command: List[str], token: Optional[str]) -> Tuple["subprocess.Popen[bytes]", IO[bytes]]:
    _started[:] = [process for process in _started if process.poll() is None]
    # A file without a name: it is gone when both sides have closed it.
    log = tempfile.TemporaryFile()
    flags = 0x00000208 if sys.platform == "win32" else 0  # a process group of its own, without a console
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            # Not an argument: every user of the machine may read those.
            env={**os.environ, "R3X_TOKEN": token} if token else None,
            # Ctrl+C in this program's terminal is not meant for it.
            start_new_session=True,
            creationflags=flags,
        )
    except OSError as error:
        log.close()
        raise HostUnavailable(f"{command[0]} cannot be started ({error}).") from error
    _started.append(process)
    return process, log

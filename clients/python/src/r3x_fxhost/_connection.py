"""How requests reach the host: at its address, started there where none listens."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import AsyncIterator, Callable, Mapping, Optional, Sequence, TypeVar
from urllib.parse import urlsplit

from . import _http, _server
from ._http import Response
from ._types import HostUnavailable, parse

T = TypeVar("T")
log = logging.getLogger("r3x_fxhost")


class Connection:
    """An address, and what is needed to be heard there. It opens a connection a request."""

    def __init__(
        self, address: str, token: Optional[str], serve_arguments: Optional[Sequence[str]], patience: float
    ) -> None:
        """
        Args:
            serve_arguments: those of a host that is started; None starts none.
            patience: seconds to wait for a start.

        Raises:
            ValueError: it is no address.
        """
        self.address = (address if "://" in address else f"http://{address}").rstrip("/")
        try:
            valid = urlsplit(self.address).hostname and (urlsplit(self.address).port or 80)
        except ValueError:
            valid = None
        if not valid or not self.address.startswith(("http://", "https://")):
            raise ValueError(f'"{address}" is no address of a host. Write it like http://127.0.0.1:7373.')
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._serve_arguments = serve_arguments
        self._patience = patience
        self._starting: Optional[asyncio.Task[None]] = None
        self._deadline = 0.0

    async def start(self) -> None:
        """Makes sure that a host answers.

        Raises:
            HostUnavailable: there is none, and why.
        """
        loop = asyncio.get_running_loop()
        task = self._starting
        if task is None or task.done() or task.get_loop() is not loop:
            task = self._starting = loop.create_task(
                _server.start(self.address, self._headers, self._token, self._serve_arguments)
            )
            self._deadline = time.monotonic() + self._patience
        await asyncio.wait({task}, timeout=max(0.0, self._deadline - time.monotonic()))
        if not task.done():
            raise HostUnavailable(f"r3x serve is being started and has not answered within {self._patience:g} s.")
        task.result()

    async def send(
        self,
        method: str,
        path: str,
        query: Optional[Mapping[str, str]] = None,
        body: Optional[Callable[[], AsyncIterator[bytes]]] = None,
        size: Optional[int] = None,
        accept: str = "*/*",
        headers: Optional[Mapping[str, str]] = None,
        start: bool = True,
    ) -> Response:
        """Sends a request, to a host that is started where none listens."""
        head = {"Accept": accept, **self._headers, **(headers or {})}
        for _ in range(2):
            try:
                return await _http.request(self.address, method, path, query or {}, head, body, size)
            except ConnectionRefusedError:
                if not start or self._serve_arguments is None:
                    break
                await self.start()
        raise HostUnavailable(f"No host listens at {self.address}. Start it with r3x serve.")

    async def events(self, kind: str, shape: Callable[..., T]) -> AsyncIterator[T]:
        """What the host tells of one kind; goes on when it is gone and comes back."""
        start = True
        while True:
            response: Optional[Response] = None
            try:
                response = await self.send("GET", "/r3x/events", {"only": kind}, start=start)
                if response.status != 200:
                    raise _http.refusal(response.status, await response.read())
                async for name, data in response.events():
                    if name == kind:
                        yield parse(shape, data)
            except HostUnavailable as error:
                log.debug("No events: %s", error)
            finally:
                if response is not None:
                    response.close()
            # The next line starts a new host.
            start = False
            await asyncio.sleep(0.1)

"""A host that does what a test tells it, for what a real one does not do on demand: refuse, hang, die to the frame."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple
from urllib.parse import parse_qsl, urlsplit


class Request:
    """One request, its body read as far as the test asks."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        line, *fields = head.split("\r\n")
        self.method, target, _ = line.split(" ")
        self.path = urlsplit(target).path
        self.query = dict(parse_qsl(urlsplit(target).query))
        self.headers = {k.lower(): v for k, _, v in (field.partition(": ") for field in fields) if k}
        self.body = b""
        self._reader, self._writer = reader, writer

    async def read_chunk(self) -> bytes:
        """The next part of the body; b"" at its end."""
        if "content-length" in self.headers:
            piece = await self._reader.read(int(self.headers["content-length"]) - len(self.body) or 1)
        else:
            size = int(await self._reader.readline(), 16)
            piece = (await self._reader.readexactly(size + 2))[:-2]
        self.body += piece
        return piece

    async def read_body(self) -> bytes:
        length = self.headers.get("content-length")
        while (length is None or len(self.body) < int(length)) and await self.read_chunk():
            pass
        return self.body

    async def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        fields = {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}
        head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n"
        self._writer.write(head.encode() + body)
        await self._writer.drain()

    async def begin(self, kind: str) -> None:
        """The head of an answer in chunks."""
        self._writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        await self._writer.drain()

    async def chunk(self, data: bytes) -> None:
        self._writer.write(b"%x\r\n%b\r\n" % (len(data), data))
        await self._writer.drain()

    async def tell(self, state: str, cut: Optional[int] = None, **fields: Any) -> None:
        """An event of the line's own, in pieces of so many bytes."""
        status = {"id": "u1", "state": state, "position_ms": 0, "heard_ms": 0, "warnings": [], **fields}
        text = f"event: utterance\ndata: {json.dumps(status)}\n\n".encode()
        for at in range(0, len(text), cut or len(text)):
            await self.chunk(text[at : at + (cut or len(text))])

    async def end(self) -> None:
        await self.chunk(b"")

    def die(self) -> None:
        """As the kernel does it for a program that was killed."""
        self._writer.transport.abort()


Handler = Callable[[Request], Awaitable[None]]


class FakeHost:
    """Listens on a free port; whatever no handler is for is answered with 200 and an empty object."""

    def __init__(self, **handlers: Handler) -> None:
        self.requests: List[Request] = []
        self._handlers: Dict[str, Handler] = handlers
        self._tasks: List[asyncio.Task[Any]] = []

    async def __aenter__(self) -> "FakeHost":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = "http://127.0.0.1:%d" % self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def asked(self) -> List[Tuple[str, str]]:
        return [(request.method, request.path) for request in self.requests]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.append(asyncio.current_task())  # type: ignore[arg-type]
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request = Request(reader, writer, head)
        self.requests.append(request)
        handler = self._handlers.get(request.path.rsplit("/", 1)[-1] if request.method != "DELETE" else "delete")
        try:
            if handler is None:
                await request.answer(200, b'{"name": "R3X.FxHost"}')
            else:
                await handler(request)
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()

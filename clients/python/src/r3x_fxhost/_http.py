"""HTTP/1.1 over asyncio streams: a connection a request, the body sent while the answer is read."""

from __future__ import annotations

import asyncio
import json
import ssl
from typing import Any, AsyncIterator, Callable, Dict, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode, urlsplit

from ._types import HostError, HostUnavailable

#: Seconds in which a host that is well answers.
ANSWER_LIMIT = 10.0
_BLOCK = 65536
_BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)


class Response:
    """An answer whose head has arrived. Whoever has one closes it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, where: str) -> None:
        self.status = 0
        self.headers: Dict[str, str] = {}
        self._reader = reader
        self._writer = writer
        self._where = where
        self._upload: Optional[asyncio.Task[None]] = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body, in the pieces it comes in.

        Raises:
            HostUnavailable: it breaks off.
        """
        try:
            if "chunked" in self.headers.get("transfer-encoding", "").lower():
                while True:
                    size = int((await self._reader.readline()).split(b";")[0], 16)
                    if size == 0:
                        return
                    async for piece in self._exactly(size):
                        yield piece
                    await self._reader.readexactly(2)
            elif "content-length" in self.headers:
                async for piece in self._exactly(int(self.headers["content-length"])):
                    yield piece
            elif self.status not in (204, 304):
                while True:
                    piece = await self._reader.read(_BLOCK)
                    if not piece:
                        return
                    yield piece
        except _BROKEN as error:
            raise HostUnavailable(f"{self._where} went away in the middle of an answer ({_reason(error)}).") from error

    async def read(self) -> bytes:
        """The whole body; closes."""
        try:
            return b"".join([piece async for piece in self.chunks()])
        finally:
            self.close()

    async def json(self) -> Any:
        """The whole body as JSON; closes.

        Raises:
            HostError: the status is not one of success.
            HostUnavailable: it breaks off or is no JSON.
        """
        body = await self.read()
        if self.status >= 300:
            raise refusal(self.status, body)
        try:
            return json.loads(body) if body.strip() else None
        except ValueError as error:
            raise HostUnavailable(f"{self._where} answers with what is not JSON: another program?") from error

    async def events(self, silence: Optional[float] = None) -> AsyncIterator[Tuple[str, Any]]:
        """Server-sent events: name and JSON.

        Args:
            silence: seconds without a byte after which the host counts as gone.
        """
        name, data, buffer = "message", "", b""
        source = self.chunks()
        while True:
            try:
                buffer += await asyncio.wait_for(source.__anext__(), silence)
            except StopAsyncIteration:
                return
            except asyncio.TimeoutError as error:
                raise HostUnavailable(f"{self._where} has said nothing for {silence:g} s.") from error
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                field, _, value = line.rstrip(b"\r").decode("utf-8", "replace").partition(":")
                value = value[1:] if value.startswith(" ") else value
                if field == "event":
                    name = value
                elif field == "data":
                    data += value
                elif not field and not value and line.strip() == b"":
                    if data:
                        try:
                            yield name, json.loads(data)
                        except ValueError as error:
                            raise HostUnavailable(f"{self._where} told an event that is not JSON.") from error
                    name, data = "message", ""

    def close(self) -> None:
        """Lets go of the connection; a body that is still being sent ends there."""
        if self._upload is not None:
            self._upload.cancel()
        self._writer.close()

    async def _exactly(self, size: int) -> AsyncIterator[bytes]:
        while size > 0:
            piece = await self._reader.read(min(size, _BLOCK))
            if not piece:
                raise EOFError("the connection was closed")
            size -= len(piece)
            yield piece

    async def _head(self) -> None:
        while True:
            lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            version, status = lines[0].split(" ")[:2]
            if not version.startswith("HTTP/1."):
                raise ValueError(f"it does not speak HTTP: {lines[0][:60]!r}")
            self.status = int(status)
            # What comes in between (100 Continue) is not the answer.
            if self.status >= 200:
                break
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.strip().lower()] = value.strip()

    async def _send(self, body: AsyncIterator[bytes], chunked: bool) -> None:
        try:
            async for piece in body:
                if piece:
                    self._writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
                    await self._writer.drain()
            if chunked:
                self._writer.write(b"0\r\n\r\n")
                await self._writer.drain()
        except OSError:
            # Reading the answer tells it better.
            pass


async def request(
    base: str,
    method: str,
    path: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: Optional[Callable[[], AsyncIterator[bytes]]] = None,
    size: Optional[int] = None,
) -> Response:
    """Sends a request and returns when the head of the answer is there.

    Args:
        base: the host's address, "http://127.0.0.1:7373".
        body: what is sent, asked for once there is a connection.
        size: its bytes; None when that is not known yet: it is then sent in chunks.

    Raises:
        ConnectionRefusedError: nobody listens there.
        HostUnavailable: it cannot be reached, or does not answer.
    """
    url = urlsplit(base)
    name, port = url.hostname or "127.0.0.1", url.port or (443 if url.scheme == "https" else 80)
    where = f"The host at {base}"
    tls = ssl.create_default_context() if url.scheme == "https" else None
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(name, port, ssl=tls), ANSWER_LIMIT)
    except ConnectionRefusedError:
        raise
    except (OSError, asyncio.TimeoutError) as error:
        raise HostUnavailable(f"{where} cannot be reached ({_reason(error)}).") from error
    response = Response(reader, writer, where)
    target = url.path.rstrip("/") + quote(path, safe="/") + ("?" + urlencode(query) if query else "")
    head = {"Host": f"[{name}]:{port}" if ":" in name else f"{name}:{port}", "Connection": "close", **headers}
    if body is not None and size is None:
        head["Transfer-Encoding"] = "chunked"
    elif method != "GET":
        head["Content-Length"] = str(size or 0)
    text = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in head.items()) + "\r\n"
    try:
        writer.write(text.encode("latin-1"))
        if body is not None:
            response._upload = asyncio.ensure_future(response._send(body(), size is None))
        await asyncio.wait_for(response._head(), ANSWER_LIMIT)
    except (asyncio.TimeoutError, *_BROKEN) as error:
        response.close()
        raise HostUnavailable(f"{where} does not answer ({_reason(error)}).") from error
    except BaseException:
        response.close()
        raise
    return response


def refusal(status: int, body: bytes) -> HostError:
    """What the host said when it refused."""
    try:
        error = json.loads(body)["error"]
        return HostError(status, str(error["message"]), str(error.get("fix") or ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return HostError(status, f"The host answered {status}: {body[:200].decode('utf-8', 'replace')}")


def _reason(error: BaseException) -> str:
    if isinstance(error, asyncio.TimeoutError):
        return f"nothing within {ANSWER_LIMIT:g} s"
    return str(error) or type(error).__name__

"""A client of the Wyoming protocol, as Home Assistant and satellites are: python3 and its standard library.

    wyoming.py PORT describe
    wyoming.py PORT say REQUEST.json OUT.pcm    {"text": ..., "voice": {...}, "context": {...}, "pieces": [...]}
    wyoming.py PORT play SOUND.wav [hang-up]

Prints one JSON object: the events that came, in order, and what they said.
"""

import json
import socket
import sys
import wave


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.file = self.socket.makefile("rb")

    def send(self, kind, data=None, payload=b""):
        block = json.dumps(data, ensure_ascii=False).encode() if data else b""
        head = {"type": kind, "version": "1.7.1"}
        if block:
            head["data_length"] = len(block)
        if payload:
            head["payload_length"] = len(payload)
        self.socket.sendall(json.dumps(head).encode() + b"\n" + block + payload)

    def receive(self):
        line = self.file.readline()
        if not line:
            return None
        head = json.loads(line)
        data = head.get("data") or {}
        data.update(json.loads(self.file.read(head.get("data_length", 0)) or b"{}"))
        return head["type"], data, self.file.read(head.get("payload_length", 0))


def describe(connection):
    connection.send("describe")
    kind, data, _ = connection.receive()
    return {"events": [kind], "info": data}


def say(connection, request, out):
    with open(request, encoding="utf-8") as file:
        asked = json.load(file)
    pieces = asked.pop("pieces", None)
    if pieces is None:
        connection.send("synthesize", asked)
    else:
        # As Home Assistant does: a copy of the whole text, for services that know no pieces.
        connection.send("synthesize-start", {k: v for k, v in asked.items() if k != "text"})
        for piece in pieces:
            connection.send("synthesize-chunk", {"text": piece})
        connection.send("synthesize", {**asked, "text": "".join(pieces)})
        connection.send("synthesize-stop")
    events, said = [], []
    with open(out, "wb") as sound:
        while (event := connection.receive()) is not None:
            kind, data, payload = event
            if kind != "audio-chunk" or "audio-chunk" not in events[-1:]:
                events.append(kind)
                said.append(data)
            sound.write(payload)
            if kind == ("audio-stop" if pieces is None else "synthesize-stopped"):
                break
    return {"events": events, "said": said}


def play(connection, path, hang_up=None):
    with wave.open(path) as sound:
        form = {"rate": sound.getframerate(), "width": sound.getsampwidth(), "channels": sound.getnchannels()}
        connection.send("audio-start", form)
        while frames := sound.readframes(1024):
            connection.send("audio-chunk", form, frames)
        connection.send("audio-stop")
    if hang_up:
        connection.file.close()
        connection.socket.close()
        return {"events": []}
    return {"events": [event[0] if (event := connection.receive()) else "closed"]}


def main(port, verb, *arguments):
    verbs = {"describe": describe, "say": say, "play": play}
    print(json.dumps(verbs[verb](Connection(int(port)), *arguments)))


if __name__ == "__main__":
    main(*sys.argv[1:])

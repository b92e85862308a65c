"""What goes to the host and what comes back, as types."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import signature
from os import PathLike
from typing import (
    IO,
    Any,
    AsyncIterable,
    Callable,
    Dict,
    Iterable,
    Mapping,
    Optional,
    Tuple,
    TypedDict,
    TypeVar,
    Union,
)
from urllib.parse import quote

#: A spoken line: its bytes, a path, or what yields its bytes while they arrive.
Audio = Union[bytes, bytearray, memoryview, str, "PathLike[str]", AsyncIterable[bytes], IO[bytes], Iterable[bytes]]

ENDS = frozenset({"done", "interrupted", "failed"})

T = TypeVar("T")

_MOST_TEXT = 4000


class Selection(TypedDict, total=False):
    """Which sound. Without a preset the host chooses by the rest; an unknown one falls back, never fails."""

    preset: str
    mood: str
    cue: str
    text: str
    """The words of the line, for presets that go by words."""
    speaker: str
    amount: Union[str, float]
    """All effects together: "60%" or 0.6."""
    seed: int
    dry: bool
    """True leaves the line without effects."""


class HostUnavailable(ConnectionError):
    """There is no host and none could be started, or it went away."""


class HostError(Exception):
    """The host refused a request.

    Attributes:
        status: the HTTP status.
        fix: what helps, or "".
    """

    def __init__(self, status: int, message: str, fix: str = "") -> None:
        super().__init__(f"{message} {fix}".strip())
        self.status = status
        self.fix = fix


@dataclass(frozen=True)
class UtteranceStatus:
    """How far a line has come.

    Attributes:
        state: "queued", "buffering", "speaking", "draining" (its tail rings), then "done", "interrupted" or "failed".
        position_ms: how much of it was heard so far.
        heard_ms: how much of it was heard, once it has ended.
        reason: why it was interrupted.
        preset: what it is spoken with, "dry" without effects; None before that is known.
        warnings: what fell back, in sentences.
        failure: why it was not heard to its end.
        moment: when that was, in seconds of the loudspeaker's clock.
        dry: whether the host was not there for it or went away: the rest of it was played without effects.
    """

    id: Optional[str] = None
    tag: Optional[str] = None
    state: str = "queued"
    position_ms: float = 0.0
    heard_ms: float = 0.0
    reason: Optional[str] = None
    preset: Optional[str] = None
    warnings: Tuple[str, ...] = ()
    failure: Optional[str] = None
    moment: Optional[float] = None
    dry: bool = False

    @property
    def is_over(self) -> bool:
        return self.state in ENDS


@dataclass(frozen=True)
class Level:
    """How loud it is at the loudspeaker, told when it is heard.

    Attributes:
        time: seconds of the loudspeaker's clock.
        rms_db: relative to full scale.
        bands_db: eight bands from low to high.
        begins: whether speech begins with it.
        ends: whether it was the last.
        mood: the line's mood, else its preset.
    """

    time: float = 0.0
    rms_db: Optional[float] = None
    peak_db: Optional[float] = None
    bands_db: Tuple[Optional[float], ...] = ()
    begins: bool = False
    ends: bool = False
    mood: Optional[str] = None

    @property
    def rms(self) -> float:
        """Full scale is 1, silence 0."""
        return 0.0 if self.rms_db is None else float(10.0 ** (self.rms_db / 20.0))


@dataclass(frozen=True)
class Duck:
    """What music does now: fade to gain_db within fade_ms."""

    gain_db: float = 0.0
    fade_ms: float = 0.0
    moment: Optional[float] = None


@dataclass(frozen=True)
class Mic:
    """Whether the microphone is to be muted from now on."""

    muted: bool = False
    moment: Optional[float] = None


@dataclass(frozen=True)
class Preset:
    id: str = ""
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class Volume:
    db: float = 0.0
    muted: bool = False


def parse(kind: Callable[..., T], data: Mapping[str, Any]) -> T:
    """What the host said as one of the types above; a newer host's further fields are left out."""
    known = signature(kind).parameters
    return kind(**{name: _frozen(value) for name, value in data.items() if name in known})


def _frozen(value: Any) -> Any:
    items: Any = value
    return tuple(items) if isinstance(value, list) else value


def selection_query(selection: Mapping[str, Any]) -> Dict[str, str]:
    """A selection as fields of a query."""
    unknown = selection.keys() - Selection.__annotations__.keys()
    if unknown:
        known = ", ".join(Selection.__annotations__)
        raise TypeError(f"There is no keyword {', '.join(sorted(unknown))} here. A sound is chosen by {known}.")
    query: Dict[str, str] = {}
    for name, value in selection.items():
        if value is None or value is False:
            continue
        if name == "amount" and not isinstance(value, str):
            value = f"{value * 100:g}%"
        if name == "text":
            # A server takes so much in an address; a preset's conditions are on the beginning and on short lines.
            while len(quote(value)) > _MOST_TEXT:
                value = value[: len(value) * 3 // 4]
        query[name] = "true" if value is True else str(value)
    return query

"""Speaks an assistant's lines as DJ R-3X, through `r3x serve`, which is started where none runs.

    from r3x_fxhost import process_and_play_audio

    await process_and_play_audio("line.mp3", preset="excited")   # done when the last sample was heard

The functions here use one FxHost, whose address and token come from R3X_SERVE and R3X_TOKEN. Everything else is on
FxHost itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, AsyncIterator, List, Optional, Sequence, Union, overload

from ._arrays import Array, ArrayT
from ._client import FxHost
from ._turn import Turn
from ._types import (
    Audio,
    Duck,
    HostError,
    HostUnavailable,
    Level,
    Mic,
    Preset,
    Selection,
    UtteranceStatus,
    Volume,
)
from ._utterance import Utterance

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "Array",
    "Audio",
    "Duck",
    "FxHost",
    "HostError",
    "HostUnavailable",
    "Level",
    "Mic",
    "Preset",
    "Selection",
    "Turn",
    "Utterance",
    "UtteranceStatus",
    "Volume",
    "apply_audio_effects",
    "apply_audio_effects_async",
    "default_host",
    "interrupt",
    "levels",
    "pause",
    "process_and_play_audio",
    "resume",
    "speak",
]

_default: Optional[FxHost] = None


def default_host() -> FxHost:
    """The host that the functions here use."""
    global _default
    if _default is None:
        _default = FxHost()
    return _default


async def process_and_play_audio(
    audio_data: Audio, *, input_format: Optional[str] = None, **selection: Unpack[Selection]
) -> UtteranceStatus:
    """Speaks a line, from bytes, a path or an iterator, and returns when its last sample was heard; see
    FxHost.process_and_play_audio."""
    return await default_host().process_and_play_audio(audio_data, input_format=input_format, **selection)


@overload
def apply_audio_effects(
    samples: Sequence[float], sample_rate: int, **selection: Unpack[Selection]
) -> List[float]: ...


@overload
def apply_audio_effects(samples: ArrayT, sample_rate: int, **selection: Unpack[Selection]) -> ArrayT: ...


def apply_audio_effects(
    samples: Union[Sequence[float], ArrayT], sample_rate: int, **selection: Unpack[Selection]
) -> Union[List[float], ArrayT]:
    """A line in memory with effects, as long as it came; blocks. See FxHost.apply_audio_effects."""
    return default_host().apply_audio_effects(samples, sample_rate, **selection)


@overload
async def apply_audio_effects_async(
    samples: Sequence[float], sample_rate: int, **selection: Unpack[Selection]
) -> List[float]: ...


@overload
async def apply_audio_effects_async(
    samples: ArrayT, sample_rate: int, **selection: Unpack[Selection]
) -> ArrayT: ...


async def apply_audio_effects_async(samples: Any, sample_rate: int, **selection: Unpack[Selection]) -> Any:
    """The same, without blocking the event loop."""
    return await default_host().apply_audio_effects_async(samples, sample_rate, **selection)


def speak(audio: Audio, *, input_format: Optional[str] = None, **selection: Unpack[Selection]) -> Utterance:
    """Puts a line into the queue and returns at once; see FxHost.speak."""
    return default_host().speak(audio, input_format=input_format, **selection)


def levels() -> AsyncIterator[Level]:
    """How loud it is, told when it is heard; see FxHost.levels."""
    return default_host().levels()


async def interrupt(everything: bool = False) -> None:
    """Ends the turn that is heard, or everything."""
    await default_host().interrupt(everything)


async def pause() -> None:
    """Fades out; resume goes on from there."""
    await default_host().pause()


async def resume() -> None:
    """Goes on from where it was paused."""
    await default_host().resume()

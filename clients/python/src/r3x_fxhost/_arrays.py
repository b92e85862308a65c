"""Samples as the caller has them, and as the host takes them: interleaved 32-bit floats."""

from __future__ import annotations

import sys
from array import array
from importlib import import_module
from typing import Any, Callable, Protocol, Sequence, Tuple, TypeVar


class Array(Protocol):
    """An array of numpy's, or one that behaves like it."""

    @property
    def shape(self) -> Tuple[int, ...]: ...

    @property
    def dtype(self) -> Any: ...

    def astype(self, dtype: Any) -> Any: ...


ArrayT = TypeVar("ArrayT", bound=Array)


def pack(samples: Any) -> Tuple[bytes, int, Callable[[bytes], Any]]:
    """Bytes, channels, and what makes the answer look like the samples did.

    Raises:
        ValueError: an array of a shape or a type that sound does not have.
    """
    if hasattr(samples, "dtype") and hasattr(samples, "shape"):
        return _pack_array(samples)
    return _pack_sequence(samples)


def _pack_sequence(samples: Sequence[float]) -> Tuple[bytes, int, Callable[[bytes], Any]]:
    floats = array("f", samples)
    count = len(floats)
    if sys.byteorder == "big":
        floats.byteswap()

    def restore(data: bytes) -> Any:
        back = array("f", data)
        if sys.byteorder == "big":
            back.byteswap()
        return back if isinstance(samples, array) else back.tolist()

    return floats.tobytes(), 1 if count else 0, restore


def _pack_array(samples: Any) -> Tuple[bytes, int, Callable[[bytes], Any]]:
    # By name: whoever hands in an array has it, nobody else needs it.
    numpy: Any = import_module("numpy")
    shape = samples.shape
    if len(shape) == 1:
        rows, channels = samples.reshape(-1, 1), 1
    elif len(shape) == 2 and shape[1] in (1, 2):
        rows, channels = samples, shape[1]
    elif len(shape) == 2 and shape[0] in (1, 2):
        rows, channels = samples.T, shape[0]
    else:
        raise ValueError(
            "Samples have the shape (frames,), (frames, channels) or (channels, frames) with one or two channels, "
            f"not {shape}."
        )
    kind = samples.dtype.kind
    if kind not in "fi":
        raise ValueError(f"Samples are floating-point numbers or signed integers, not {samples.dtype}.")
    full = float(numpy.iinfo(samples.dtype).max) + 1.0 if kind == "i" else 1.0

    def restore(data: bytes) -> Any:
        back = numpy.frombuffer(data, "<f4").reshape(-1, channels).astype(numpy.float64) * full
        if kind == "i":
            back = numpy.clip(numpy.rint(back), -full, full - 1)
        back = back.T if rows is not samples and len(shape) == 2 else back
        return back.reshape(shape).astype(samples.dtype)

    return (rows.astype(numpy.float64) / full).astype("<f4").tobytes(), channels if samples.size else 0, restore

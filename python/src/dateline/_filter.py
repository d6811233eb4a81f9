# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypedDict, Union

from . import _engine

#: A day, month or year: "2026-03-09", "2026-03", "2026", or a datetime.date.
Day = Union[str, datetime.date]


class Filters(TypedDict, total=False):
    """Which events, or happenings that have such an event: the options of the command line. What is not given, or None, is any."""

    since: Day | None
    until: Day | None  # Inclusive, as since is.
    actor: str | None  # A name or country code of who takes part.
    role: Literal["by", "against"] | None  # What that actor's part is.
    place: str | None  # A name or country code of where.
    country: str | None  # ISO 3166 code.
    box: tuple[float, float, float, float] | None  # West, south, east, north.
    near: str | tuple[float, float] | None  # A place's name, or (lat, lon).
    within: float | None  # Kilometres around near; 50 where it is not given.
    types: str | Iterable[str] | None  # "ASSAULT", or several.
    modes: str | Iterable[str] | None  # "explosives", or several.
    states: str | Iterable[str] | None  # "person-confirmed", or several.
    source: str | None  # An outlet, its address, or a voice.
    confidence: float | None  # At least; from 0 to 1.
    text: str | None  # Words of the report.
    limit: int | None  # At most so many, from 1 on.


def text_of(name: str, value: object) -> str:
    """A text, or what prints as a day."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if value is None or isinstance(value, (str, datetime.date)):
        return "" if value is None else str(value)
    raise TypeError(f"{name} is a str{', a datetime.date' if name in ('since', 'until') else ''} or None, not {type(value).__name__}")


def _number(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} is a number or None, not {type(value).__name__}")
    return repr(value)


def _numbers(name: str, value: object, count: int) -> str:
    if not isinstance(value, (tuple, list)) or len(value) != count:
        raise TypeError(f"{name} is {count} numbers, not {value!r}")
    return ",".join(_number(name, one) for one in value)


def _box(name: str, value: object) -> list[str]:
    return [_numbers(name, value, 4)]


def _near(name: str, value: object) -> list[str]:
    return [value if isinstance(value, str) else _numbers(name, value, 2)]


def _several(name: str, value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values: list[str] = list(value) if isinstance(value, Iterable) else []
    if not isinstance(value, Iterable) or not all(isinstance(one, str) for one in values):
        raise TypeError(f"{name} is a str or several")
    return values


def _one(name: str, value: object) -> list[str]:
    return [text_of(name, value)]


def _one_number(name: str, value: object) -> list[str]:
    return [_number(name, value)]


# How a filter is written on the command line, where that is not its own text.
_WRITTEN: dict[str, Callable[[str, object], list[str]]] = {
    "box": _box, "near": _near, "within": _one_number, "confidence": _one_number, "types": _several, "modes": _several, "states": _several}
_OPTIONS = {"types": "type", "modes": "mode", "states": "state"}


def _limit(limit: object) -> int:
    if isinstance(limit, bool) or not isinstance(limit, int):
        raise TypeError(f"limit is an int from 1 on, or None for all, not {type(limit).__name__}")
    if not 0 < limit < 2**63:
        raise ValueError(f"limit is a number from 1 on, or None for all, not {limit}")
    return limit


def filter_of(filters: Mapping[str, object]) -> _engine.Filter:
    given: list[tuple[str, str]] = []
    limit = 0
    for name, value in filters.items():
        if name not in Filters.__annotations__:
            raise TypeError(f"there is no filter {name!r}: {', '.join(Filters.__annotations__)}")
        if value is None:
            continue
        if name == "limit":
            limit = _limit(value)
        else:
            given += [(_OPTIONS.get(name, name), one) for one in _WRITTEN.get(name, _one)(name, value)]
    return _engine.Filter(given, limit)

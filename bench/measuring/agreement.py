"""Whether two engines say the same: counts are equal, sums of fractions may differ in their last digits."""

import math
from collections.abc import Callable

CLOSE = 1e-9


def difference(question: str, ours: object, theirs: object) -> str | None:
    """Where two answers first differ; none where they agree."""
    return COMPARED[question.split("_", maxsplit=1)[0]](ours, theirs)


def _funnel(ours: list, theirs: list) -> str | None:
    for step, (own, other) in enumerate(zip(ours, theirs, strict=True), start=1):
        own_pair, other_pair = (pair if isinstance(pair, list) else [pair] for pair in (own, other))
        if not all(map(_is_equal, own_pair, other_pair)):
            return f"step {step}: {own} and {other}"
    return None


def _keyed(keys: int, *, fewer: bool = False) -> Callable[[list, list], str | None]:
    """Rows of which the first numbers say what they are about; with `fewer`, only the figures that both have count."""

    def compare(ours: list, theirs: list) -> str | None:
        own, other = ({tuple(row[:keys]): row[keys:] for row in rows} for rows in (ours, theirs))
        for key in sorted(own.keys() | other.keys()):
            figures = own.get(key), other.get(key)
            if None in figures or not (fewer or len(figures[0]) == len(figures[1])):
                return f"{key}: {figures[0]} and {figures[1]}"
            if not all(map(_is_equal, *figures)):
                return f"{key}: {figures[0]} and {figures[1]}"
        return None

    return compare


def _paths(ours: list, theirs: list) -> str | None:
    """Of paths as frequent as the last one shown, engines may show others."""
    counts = [[row[-1] for row in rows] for rows in (ours, theirs)]
    if counts[0] != counts[1]:
        return f"the counts {counts[0]} and {counts[1]}"
    own, other = ({tuple(row) for row in rows if row[-1] > rows[-1][-1]} for rows in (ours, theirs))
    return None if own == other else f"{sorted(own ^ other)} are only in one of them"


def _attribution(ours: dict, theirs: dict) -> str | None:
    for name in ("conversions", "without"):
        if ours[name] != theirs[name]:
            return f"{name}: {ours[name]} and {theirs[name]}"
    for channel, (own, other) in enumerate(zip(ours["channels"], theirs["channels"], strict=True)):
        if not all(map(_is_equal, own, other)):
            return f"channel {channel}: {own} and {other}"
    return None


def _is_equal(own: float | None, other: float | None) -> bool:
    if isinstance(own, int) and isinstance(other, int):
        return own == other
    if own is None or other is None:
        return own is other
    return math.isclose(own, other, rel_tol=CLOSE, abs_tol=CLOSE)


COMPARED = {
    "funnel": _funnel,
    "map": _keyed(2, fewer=True),
    "paths": _paths,
    "retention": _keyed(2),
    "attribution": _attribution,
    "daily": _keyed(2),
}

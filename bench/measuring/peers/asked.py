"""What is asked, in codes: the same numbers for every engine."""

from dataclasses import dataclass

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
# 2025-01-01 in UTC, a Wednesday; weeks of the calendar begin on Mondays.
YEAR_START_MS = 1_735_689_600_000
FIRST_MONDAY_MS = YEAR_START_MS - 2 * DAY_MS

FUNNEL = (0, 2, 6, 11, 15)
WINDOW_MS = 7 * DAY_MS
PATH_START = 0
PATH_LENGTH = 5
PATH_TOP = 50
RETENTION_WEEKS = 12
CONVERSION = 15
# What may be credited with it.
TOUCHES = (0, 3, 9)
LOOK_BACK_MS = 30 * DAY_MS
# The two channels to which a funnel is cut.
SOME_CHANNELS = (0, 1)


@dataclass(frozen=True)
class Question:
    words: str
    # What an engine that keeps columns has to read of each event: bytes of time, activity, channel, property.
    bytes_per_event: int


TIME, ACTIVITY, CHANNEL, PROPERTY = 8, 2, 1, 2

QUESTIONS = {
    "funnel": Question("funnel of 5 steps, 7 days, customers per step", TIME + ACTIVITY),
    "funnel_medians": Question("the same and the exact medians between steps", TIME + ACTIVITY),
    "map": Question("process map, counts and mean durations", TIME + ACTIVITY),
    "map_medians": Question("process map, exact medians too", TIME + ACTIVITY),
    "paths": Question("top 50 paths of length 5 from the first step", ACTIVITY),
    "retention": Question("weekly retention, 12 weeks", TIME),
    "attribution": Question("first, last, linear attribution to channels, 30 days", TIME + ACTIVITY + CHANNEL),
    "daily": Question("events and distinct customers per activity and day", TIME + ACTIVITY),
    "funnel_property": Question(
        "the funnel, its first step with a property that 5 % of events have", TIME + ACTIVITY + PROPERTY
    ),
    "funnel_channels": Question("the funnel on 2 of 12 channels", TIME + ACTIVITY + CHANNEL),
}


def steps_of(question: str) -> list[str]:
    """The steps of a funnel as conditions on `e` (activity) and `p` (1 in the campaign, otherwise 0)."""
    steps = [f"e = {code}" for code in FUNNEL]
    if question == "funnel_property":
        steps[0] += " AND p = 1"
    return steps


def rows_of_funnel(question: str) -> str:
    """Which rows can matter at all."""
    rows = f"e IN ({', '.join(map(str, FUNNEL))})"
    if question == "funnel_channels":
        rows += f" AND ch IN ({', '.join(map(str, SOME_CHANNELS))})"
    return rows

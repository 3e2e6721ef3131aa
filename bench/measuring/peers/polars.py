"""Polars, streaming over a Parquet file in order of customer and time."""

import os
from collections.abc import Callable
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "2"

import polars as pl

from .asked import (
    CONVERSION,
    DAY_MS,
    FIRST_MONDAY_MS,
    FUNNEL,
    LOOK_BACK_MS,
    PATH_LENGTH,
    PATH_START,
    PATH_TOP,
    RETENTION_WEEKS,
    SOME_CHANNELS,
    TOUCHES,
    WEEK_MS,
    WINDOW_MS,
    YEAR_START_MS,
)

C = pl.col
FAR_BEFORE = -(1 << 62)


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")


class Polars:
    def __init__(self, folder: Path) -> None:
        self.log = pl.scan_parquet(folder / "log.parquet")

    def version(self) -> str:
        return pl.__version__

    def formulations(self, question: str) -> dict[str, Callable[[], object]]:
        kind = question.split("_", maxsplit=1)[0]
        return getattr(self, f"_{kind}")(question)

    def _funnel(self, question: str) -> dict[str, Callable[[], object]]:
        with_waits = question == "funnel_medians"

        def reach() -> pl.LazyFrame:
            """The step that each event reaches, and its wait, by running maxima over the whole table in order."""
            rows = C("e").is_in(FUNNEL)
            if question == "funnel_channels":
                rows &= C("ch").is_in(SOME_CHANNELS)
            key = C("customer").cast(pl.Int64) * (1 << 36) + (C("t") - YEAR_START_MS)
            frame = self.log.filter(rows).select("customer", "e", "p", key.alias("t"))
            is_first = (C("e") == FUNNEL[0]) & (C("p") == 1) if question == "funnel_property" else C("e") == FUNNEL[0]
            latest = lambda reached, value: pl.when(reached).then(C(value)).otherwise(FAR_BEFORE).cum_max()
            frame = frame.with_columns(is_first.alias("v1")).with_columns(latest(C("v1"), "t").alias("begun1"))
            for level, code in enumerate(FUNNEL[1:], start=2):
                reached = (C("e") == code) & (C("t") - C(f"begun{level - 1}") <= WINDOW_MS)
                columns = [latest(C(f"v{level}"), f"begun{level - 1}").alias(f"begun{level}")]
                if with_waits:
                    columns.append(latest(C(f"v{level}"), "t").alias(f"last{level}"))
                frame = frame.with_columns(reached.alias(f"v{level}"))
                if level < len(FUNNEL):
                    frame = frame.with_columns(columns)
            level = pl.when(C("v1")).then(1)
            for number in range(2, len(FUNNEL) + 1):
                level = level.when(C(f"v{number}")).then(number)
            wait = pl.when(C("v2")).then(C("t") - C("begun1"))
            for number in range(3, len(FUNNEL) + 1):
                if with_waits:
                    wait = wait.when(C(f"v{number}")).then(C("t") - C(f"last{number - 1}"))
            columns = ["customer", level.cast(pl.UInt8).alias("level")]
            columns += [wait.otherwise(0).alias("wait")] if with_waits else []
            return frame.select(columns).filter(C("level").is_not_null())

        def plain() -> object:
            deepest = reach().group_by("customer").agg(C("level").max()).group_by("level").agg(pl.len())
            found = collect(deepest).rows()
            return [sum(count for level, count in found if level >= step) for step in range(1, len(FUNNEL) + 1)]

        def waits() -> object:
            # A customer's rows come in order of time, so the first of a group is the first arrival.
            first = reach().group_by("customer", "level").agg(C("wait").first())
            found = collect(first.group_by("level").agg(pl.len(), C("wait").median())).rows()
            by_level = {level: [count, None if level == 1 else wait] for level, count, wait in found}
            return [by_level.get(level, [0, None]) for level in range(1, len(FUNNEL) + 1)]

        return {"running maxima": waits if with_waits else plain}

    def _map(self, question: str) -> dict[str, Callable[[], object]]:
        gap = C("t") - C("before")
        wanted = [pl.len(), gap.mean().alias("mean")]
        wanted += [gap.median().alias("median")] if question == "map_medians" else []
        shifted = [C("e").shift(1).alias("a"), C("customer").shift(1).alias("whose"), C("t").shift(1).alias("before")]

        def shift() -> object:
            pairs = self.log.select("e", "customer", "t", *shifted).filter(C("whose") == C("customer"))
            return collect(pairs.group_by("a", "e").agg(*wanted)).rows()

        return {"shift": shift}

    def _paths(self, _question: str) -> dict[str, Callable[[], object]]:
        places = [f"p{place}" for place in range(1, PATH_LENGTH)]
        following = [C("e").shift(-place).alias(f"p{place}") for place in range(1, PATH_LENGTH)]
        whose = C("customer").shift(1 - PATH_LENGTH).alias("whose")

        def ranked(counted: pl.LazyFrame) -> pl.LazyFrame:
            descending = [True] + [False] * len(places)
            return counted.sort(["n", *places], descending=descending).head(PATH_TOP).select(*places, "n")

        def shift() -> object:
            rows = self.log.select("e", "customer", whose, *following)
            rows = rows.filter((C("e") == PATH_START) & (C("whose") == C("customer")))
            return collect(ranked(rows.group_by(places).agg(pl.len().alias("n")))).rows()

        def packed() -> object:
            key = pl.lit(0, pl.UInt32)
            for place in places:
                key = key * 64 + C(place).cast(pl.UInt32)
            rows = self.log.select("e", "customer", whose, *following)
            rows = rows.filter((C("e") == PATH_START) & (C("whose") == C("customer"))).select(key.alias("key"))
            counted = rows.group_by("key").agg(pl.len().alias("n"))
            last = len(places) - 1
            apart = [((C("key") // 64 ** (last - at)) % 64).alias(place) for at, place in enumerate(places)]
            return collect(ranked(counted.select(*apart, "n"))).rows()

        return {"shift": shift, "shift, packed keys": packed}

    def _retention(self, _question: str) -> dict[str, Callable[[], object]]:
        def in_order() -> object:
            week = ((C("t") - FIRST_MONDAY_MS) // WEEK_MS).cast(pl.Int32).alias("week")
            rows = self.log.select("customer", week)
            rows = rows.with_columns(C("customer").shift(1).alias("whose"), C("week").shift(1).alias("before"))
            is_first = (C("whose") != C("customer")).fill_null(True)
            began = pl.when(is_first).then(C("week")).otherwise(None).forward_fill().alias("began")
            rows = rows.filter(is_first | (C("before") != C("week"))).with_columns(began)
            rows = rows.select("began", (C("week") - C("began")).alias("after")).filter(C("after") <= RETENTION_WEEKS)
            return collect(rows.group_by("began", "after").agg(pl.len())).rows()

        return {"in order": in_order}

    def _attribution(self, _question: str) -> dict[str, Callable[[], object]]:
        def join() -> object:
            conversions = self.log.filter(C("e") == CONVERSION).select("customer", C("t").alias("converted"))
            touches = self.log.filter(C("e").is_in(TOUCHES)).select("customer", "t", "ch")
            in_time = (C("t") < C("converted")) & (C("t") >= C("converted") - LOOK_BACK_MS)
            # Time and channel in one number: the smallest is the first touch, the largest the last.
            moment = C("t") * 16 + C("ch")
            counts = [(C("ch") == channel).sum().alias(f"c{channel}") for channel in range(12)]
            touched = touches.join(conversions, on="customer").filter(in_time).group_by("customer", "converted")
            credited = collect(
                touched.agg(
                    pl.len().alias("n"), (moment.min() % 16).alias("first"), (moment.max() % 16).alias("last"), *counts
                )
            )
            all_conversions = collect(conversions.select(pl.len())).item()
            by = {way: dict(credited.group_by(way).len().rows()) for way in ("first", "last")}
            linear = credited.select([(C(f"c{channel}") / C("n")).sum() for channel in range(12)]).row(0)
            channels = [[by["first"].get(at, 0), by["last"].get(at, 0), linear[at]] for at in range(12)]
            return {
                "channels": channels,
                "conversions": all_conversions,
                "without": all_conversions - credited.height,
            }

        return {"join": join}

    def _daily(self, _question: str) -> dict[str, Callable[[], object]]:
        day = ((C("t") - YEAR_START_MS) // DAY_MS).cast(pl.UInt16).alias("day")

        def distinct() -> object:
            groups = self.log.select("e", "customer", day).group_by("e", "day")
            return collect(groups.agg(pl.len().alias("n"), C("customer").n_unique().alias("u"))).rows()

        def in_two() -> object:
            groups = self.log.select("e", "customer", day).group_by("e", "day", "customer").agg(pl.len().alias("n"))
            return collect(groups.group_by("e", "day").agg(C("n").sum(), pl.len().alias("u"))).rows()

        return {"distinct": distinct, "in two steps": in_two}

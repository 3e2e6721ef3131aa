"""Retention, life cycle, daily counts and attribution of a generated log, as DuckDB, ClickHouse and ChannelAttribution
answer them."""

import contextlib
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy
import pyarrow
import pyarrow.csv

from harness.generated import DAY_MS, SEED, activity_name

CHANNELS = ("web", "app", "mail", "store", "phone")
WEEK_MS = 7 * DAY_MS
# Monday 2010-01-04 and Monday 2011-01-03, in UTC as the organisation of the test.
FROM_DAY, TO_DAY = "2010-01-04", "2011-01-03"
FROM_MS, TO_MS = 1_262_563_200_000, 1_294_012_800_000
WEEKS = (TO_MS - FROM_MS) // WEEK_MS
AFTER = 12
START, BACK = 0, 2
OUTCOME = 6
WINDOW_DAYS = 30
# Journeys that the peer walks at random for a removal effect: its error is about a tenth of a percent.
SIMULATIONS = 2_000_000


def with_channels(log: pyarrow.Table) -> pyarrow.Table:
    """The same log on channels that depend on the activity, so that they differ in what they are worth."""
    rng = numpy.random.default_rng(SEED + 1)
    usual = log["e"].to_numpy() % len(CHANNELS)
    other = rng.integers(0, len(CHANNELS), len(log))
    channel = numpy.where(rng.random(len(log)) < 0.6, usual, other).astype(numpy.uint8)
    return log.append_column("c", pyarrow.array(channel))


def write_csv(log: pyarrow.Table, out: Path) -> Path:
    instants = log["t"].cast(pyarrow.timestamp("ms", tz="UTC"))
    names = pyarrow.array([activity_name(code) for code in range(int(log["e"].to_numpy().max()) + 1)])
    columns = {
        "customer": pyarrow.compute.binary_join_element_wise("c", log["customer"].cast(pyarrow.string()), "-"),
        "activity": names.take(log["e"]),
        "occurred_at": pyarrow.compute.strftime(instants, format="%Y-%m-%dT%H:%M:%SZ"),
        "channel": pyarrow.array(CHANNELS).take(log["c"]),
    }
    pyarrow.csv.write_csv(pyarrow.table(columns), out)
    return out


class Peers:
    """The log in DuckDB and in ClickHouse."""

    def __init__(self, log: pyarrow.Table, folder: Path):
        import pyarrow.parquet  # noqa: PLC0415
        from chdb import session  # noqa: PLC0415

        self.duck = duckdb.connect(config={"threads": 2})
        self.duck.register("log", log)
        file = folder / "log.parquet"
        pyarrow.parquet.write_table(log, file)
        self.session = session.Session(str(folder / "clickhouse"))
        self.session.query("CREATE DATABASE j ENGINE = Atomic")
        self.session.query(
            f"CREATE VIEW j.log AS SELECT {', '.join(f'assumeNotNull({name}) AS {name}' for name in log.column_names)}"
            f" FROM file('{file}', Parquet)"
        )

    def by_duckdb(self, sql: str) -> list[tuple]:
        return self.duck.execute(sql).fetchall()

    def by_clickhouse(self, sql: str) -> list[list]:
        answer = json.loads(str(self.session.query(sql, "JSONCompact")))["data"]
        return [[json.loads(value) if isinstance(value, str) else value for value in row] for row in answer]

    def close(self):
        self.session.close()

    def retention(self, start: int | None, back: int | None, on_or_after: bool) -> dict[int, list[int]]:
        """By the week of the cohort: its customers, and how many came back by the weeks after."""
        starts = "TRUE" if start is None else f"e = {start}"
        backs = "TRUE" if back is None else f"e = {back}"
        reached = "max(o) OVER (PARTITION BY customer)" if on_or_after else "o"
        rows = self.by_duckdb(f"""
            WITH f AS (SELECT customer, min(t) AS first FROM log WHERE {starts} GROUP BY customer),
                 c AS (SELECT customer, first, (first - {FROM_MS}) // {WEEK_MS} AS cohort FROM f
                       WHERE first >= {FROM_MS} AND first < {TO_MS}),
                 r AS (SELECT customer, cohort, (t - {FROM_MS}) // {WEEK_MS} - cohort AS o
                       FROM log JOIN c USING (customer) WHERE t > first AND t < {TO_MS} AND ({backs})),
                 x AS (SELECT customer, cohort, {reached} AS o FROM r),
                 n AS (SELECT cohort, a.o AS o, count(DISTINCT customer) AS n FROM x, range({AFTER + 1}) AS a(o)
                       WHERE {"x.o >= a.o" if on_or_after else "x.o = a.o"} GROUP BY 1, 2)
            SELECT c.cohort, -1, count(*) FROM c GROUP BY 1 UNION ALL SELECT cohort, o, n FROM n
        """)
        counted = {(cohort, offset): count for cohort, offset, count in rows}
        cohorts = sorted({cohort for cohort, _ in counted})
        return {
            cohort: [counted.get((cohort, offset), 0) for offset in range(-1, min(AFTER, WEEKS - 1 - cohort) + 1)]
            for cohort in cohorts
        }

    def retention_by_function(self, cohort: int) -> list[int]:
        """One cohort of any activity by ClickHouse's `retention`: its customers, and the weeks after."""
        weeks = ", ".join(f"t > first AND w = {cohort + after}" for after in range(AFTER + 1))
        sums = ", ".join(f"toUInt32(sum(r[{place}]))" for place in range(1, AFTER + 3))
        [row] = self.by_clickhouse(f"""
            SELECT {sums} FROM (
                SELECT retention(t = first, {weeks}) AS r FROM (
                    SELECT customer, t, min(t) OVER (PARTITION BY customer) AS first,
                           intDiv(t - {FROM_MS}, {WEEK_MS}) AS w FROM j.log
                ) WHERE first >= {FROM_MS + cohort * WEEK_MS} AND first < {FROM_MS + (cohort + 1) * WEEK_MS}
                GROUP BY customer
            )
        """)
        return row

    def life_cycle(self) -> list[tuple[int, ...]]:
        """By week: new, returning, resurrected, dormant."""
        return self.by_duckdb(f"""
            WITH a AS (SELECT DISTINCT customer, CAST(floor((t - {FROM_MS}) / {WEEK_MS}) AS BIGINT) AS w FROM log
                       WHERE t < {TO_MS}),
                 l AS (SELECT customer, w, lag(w) OVER s AS before, lead(w) OVER s AS next FROM a
                       WINDOW s AS (PARTITION BY customer ORDER BY w)),
                 d AS (SELECT w + 1 AS w, count(*) AS dormant FROM l WHERE next IS NULL OR next > w + 1 GROUP BY 1),
                 n AS (SELECT w, count(*) FILTER (before IS NULL) AS fresh, count(*) FILTER (before = w - 1) AS stayed,
                       count(*) FILTER (before < w - 1) AS came_back FROM l GROUP BY 1)
            SELECT coalesce(fresh, 0), coalesce(stayed, 0), coalesce(came_back, 0), coalesce(dormant, 0)
            FROM range({WEEKS}) AS r(w) LEFT JOIN n USING (w) LEFT JOIN d USING (w) ORDER BY w
        """)

    def daily(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Events and distinct customers by activity and day of the period, by both engines."""
        where = f"WHERE t >= {FROM_MS} AND t < {TO_MS}"
        duck = self.by_duckdb(
            f"SELECT e, (t - {FROM_MS}) // {DAY_MS}, count(*), count(DISTINCT customer) FROM log {where} GROUP BY 1, 2"
        )
        house = self.by_clickhouse(
            f"SELECT toUInt32(e), toUInt32(intDiv(t - {FROM_MS}, {DAY_MS})) AS d, toUInt32(count()),"
            f" toUInt32(uniqExact(customer)) FROM j.log {where} GROUP BY e, d"
        )
        counted = {(e, day): (events, customers) for e, day, events, customers in duck}
        assert counted == {(e, day): (events, customers) for e, day, events, customers in house}
        return counted


@dataclass
class Journeys:
    """Paths of channels to outcomes and to nothing, each with how often it was taken."""

    outcomes: Counter
    nothing: Counter
    without_touch: int


def journeys_of(log: pyarrow.Table, whole_window: bool) -> Journeys:
    """Writes down the path of every outcome, one customer after the other."""
    window_ms = WINDOW_DAYS * DAY_MS
    found = Journeys(Counter(), Counter(), 0)
    ordered = log.sort_by([("customer", "ascending"), ("t", "ascending")])
    customers, times, activities, channels = (ordered[name].to_pylist() for name in ("customer", "t", "e", "c"))
    touches: list[tuple[int, str]] = []

    def end_of_customer():
        path = [channel for at, channel in touches if at >= touches[-1][0] - window_ms]
        if path:
            found.nothing[tuple(path)] += 1

    for place, (customer, at, activity) in enumerate(zip(customers, times, activities, strict=True)):
        if place and customers[place - 1] != customer:
            end_of_customer()
            touches = []
        if activity != OUTCOME:
            touches.append((at, CHANNELS[channels[place]]))
            continue
        path = tuple(channel for seen, channel in touches if seen >= at - window_ms)
        if path:
            found.outcomes[path] += 1
        else:
            found.without_touch += 1
        if not whole_window:
            touches = []
    end_of_customer()
    return found


def as_frame(journeys: Journeys):
    import pandas  # noqa: PLC0415

    paths = journeys.outcomes | journeys.nothing
    rows = [(" > ".join(path), journeys.outcomes[path], journeys.nothing[path]) for path in paths]
    return pandas.DataFrame(rows, columns=["path", "outcomes", "nothing"])


def heuristics(journeys: Journeys) -> dict[str, dict[str, float]]:
    """First, last and linear credits by channel, as ChannelAttribution has them."""
    with contextlib.redirect_stdout(io.StringIO()):
        import ChannelAttribution  # noqa: PLC0415

        frame = ChannelAttribution.heuristic_models(as_frame(journeys), "path", "outcomes", flg_pro=False)
    models = {"first": "first_touch", "last": "last_touch", "linear": "linear_touch"}
    return {
        model: dict(zip(frame["channel_name"], frame[column].astype(float), strict=True))
        for model, column in models.items()
    }


def removal(journeys: Journeys, order: int) -> tuple[dict[str, float], dict[str, float]]:
    """Credits and removal effects by channel, as ChannelAttribution finds them by walking at random."""
    with contextlib.redirect_stdout(io.StringIO()):
        import ChannelAttribution  # noqa: PLC0415

        found = ChannelAttribution.markov_model(
            as_frame(journeys),
            "path",
            "outcomes",
            var_null="nothing",
            order=order,
            nsim_start=SIMULATIONS,
            max_step=100_000,
            out_more=True,
            verbose=False,
            flg_pro=False,
        )
    credits, effects = found["result"], found["removal_effects"]
    return (
        dict(zip(credits["channel_name"], credits["total_conversions"], strict=True)),
        dict(zip(effects["channel_name"], effects["removal_effect"], strict=True)),
    )

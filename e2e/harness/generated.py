"""A generated log of journeys and the three questions asked of it, as DuckDB and ClickHouse answer them."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy
import pyarrow
import pyarrow.csv

SEED = 20260115
ACTIVITIES = 24
DAY_MS = 86_400_000
# 2010-01-01: the longest journeys last years, and what is said to happen tomorrow is moved to its arrival.
START_MS = 1_262_304_000_000
FUNNEL = (0, 2, 6, 11, 15)
WINDOW_DAYS = 7
PATH_START = 2
PATH_LENGTH = 6
PATH_TOP = 50


def activity_name(code: int) -> str:
    return f"Step {code:02}"


def generate(events: int, customers: int) -> pyarrow.Table:
    """Journeys in order of time. No two events of one customer share an instant, so that every engine means the same
    order; how ties are ordered is compared elsewhere, on real logs.
    """
    rng = numpy.random.default_rng(SEED)
    weight = rng.lognormal(0.0, 1.3, customers)
    customer = numpy.sort(rng.choice(customers, events, p=weight / weight.sum()))
    position = numpy.arange(events) - numpy.searchsorted(customer, customer)

    popular = 1 / numpy.arange(1, ACTIVITIES + 1)
    popular /= popular.sum()
    activity = rng.choice(ACTIVITIES, events, p=popular)
    # Steps of the funnel follow each other more often than chance, so that every level is reached by many.
    follows = dict(zip(FUNNEL, (*FUNNEL[1:], FUNNEL[0]), strict=True))
    draws = rng.random(events)
    for at in range(1, events):
        if position[at] and draws[at] < 0.35:
            activity[at] = follows.get(int(activity[at - 1]), activity[at])

    long_gap = rng.random(events) < 0.2
    gap = (rng.exponential(1.0, events) * numpy.where(long_gap, 3.5 * DAY_MS, 90_000)).astype(numpy.int64) + 1
    gap[position == 0] = rng.integers(0, 300 * DAY_MS, int((position == 0).sum()))
    elapsed = numpy.cumsum(gap)
    first = numpy.searchsorted(customer, customer)
    occurred_at = START_MS + elapsed - elapsed[first] + gap[first]
    order = numpy.argsort(occurred_at, kind="stable")
    return pyarrow.table(
        {
            "customer": customer[order].astype(numpy.int32),
            "t": occurred_at[order],
            "e": activity[order].astype(numpy.uint8),
        }
    )


def write_csv(log: pyarrow.Table, out: Path) -> Path:
    """Named as a company would name them, with instants in ISO 8601."""
    instants = log["t"].cast(pyarrow.timestamp("ms", tz="UTC"))
    names = pyarrow.array([activity_name(code) for code in range(ACTIVITIES)])
    columns = {
        "customer": pyarrow.compute.binary_join_element_wise("c", log["customer"].cast(pyarrow.string()), "-"),
        "activity": names.take(log["e"]),
        "occurred_at": pyarrow.compute.strftime(instants, format="%Y-%m-%dT%H:%M:%SZ"),
    }
    pyarrow.csv.write_csv(pyarrow.table(columns), out)
    return out


@dataclass
class Answers:
    """Counts per step and medians, edges with counts and means, the most frequent paths."""

    funnel: list[tuple[int, float | None]]
    edges: dict[tuple[int, int], tuple[int, float]]
    paths: list[tuple[tuple[int, ...], int]]


# For every event of a step: the latest first step from which this one is reached within the window, and the latest
# occurrence of the step before it.
def funnel_sql(window_ms: int, median: str, first: str) -> str:
    over = "OVER (PARTITION BY customer ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    parts = [
        f"s AS (SELECT customer, t, e FROM log WHERE e IN {FUNNEL})",
        f"s1 AS (SELECT *, t AS last1, max(CASE WHEN e = {FUNNEL[0]} THEN t END) {over} AS begun1 FROM s)",
    ]
    for level in range(2, len(FUNNEL) + 1):
        reached = f"e = {FUNNEL[level - 1]} AND t - begun{level - 1} <= {window_ms}"
        parts.append(
            f"s{level} AS (SELECT *, max(CASE WHEN {reached} THEN begun{level - 1} END) {over} AS begun{level},"
            f" max(CASE WHEN {reached} THEN t END) {over} AS last{level} FROM s{level - 1})"
        )
    levels = [f"WHEN e = {FUNNEL[0]} THEN 1"]
    waits = ["WHEN 1 THEN 0"]
    for level in range(2, len(FUNNEL) + 1):
        levels.append(f"WHEN e = {FUNNEL[level - 1]} AND t - begun{level - 1} <= {window_ms} THEN {level}")
        before = "begun1" if level == 2 else f"last{level - 1}"
        waits.append(f"WHEN {level} THEN t - {before}")
    last = f"s{len(FUNNEL)}"
    return (
        "WITH "
        + ", ".join(parts)
        + f", r AS (SELECT *, CASE {' '.join(levels)} END AS level FROM {last})"
        + f", w AS (SELECT customer, level, t, CASE level {' '.join(waits)} END AS wait FROM r WHERE level IS NOT NULL)"
        + f", x AS (SELECT customer, level, {first}(wait, t) AS wait FROM w GROUP BY customer, level)"
        + f" SELECT level, count(*) AS customers, {median}(wait) AS wait FROM x GROUP BY level ORDER BY level"
    )


EDGES_DUCKDB = """
    SELECT a, e, count(*), avg(t - before)
    FROM (SELECT e, t, lag(e) OVER w AS a, lag(t) OVER w AS before FROM log
          WINDOW w AS (PARTITION BY customer ORDER BY t))
    WHERE a IS NOT NULL GROUP BY 1, 2
"""
EDGES_CLICKHOUSE = """
    SELECT p.1 AS a, p.2 AS b, count(), avg(p.3)
    FROM (
        SELECT arrayJoin(arrayZip(arrayPopBack(es), arrayPopFront(es), arrayPopFront(arrayDifference(ts)))) AS p
        FROM (SELECT arraySort((x, y) -> y, groupArray(e), groupArray(t)) AS es, arraySort(groupArray(t)) AS ts
              FROM log GROUP BY customer)
    ) GROUP BY a, b
"""


def paths_duckdb() -> str:
    following = [f"lead(e, {step}) OVER w AS p{step}" for step in range(1, PATH_LENGTH)]
    names = ", ".join(f"p{step}" for step in range(1, PATH_LENGTH))
    return (
        f"SELECT e, {names}, count(*) AS n FROM (SELECT e, {', '.join(following)} FROM log"
        " WINDOW w AS (PARTITION BY customer ORDER BY t))"
        f" WHERE e = {PATH_START} AND p{PATH_LENGTH - 1} IS NOT NULL GROUP BY ALL"
        f" ORDER BY n DESC, {names} LIMIT {PATH_TOP}"
    )


def by_duckdb(log: pyarrow.Table) -> Answers:
    connection = duckdb.connect(config={"threads": 2})
    connection.register("log", log)
    window_ms = WINDOW_DAYS * DAY_MS
    ask = lambda sql: connection.execute(sql).fetchall()
    funnel = ask(funnel_sql(window_ms, "median", "arg_min"))
    return Answers(
        funnel=[(count, None if level == 1 else float(wait)) for level, count, wait in funnel],
        edges={(a, b): (count, mean) for a, b, count, mean in ask(EDGES_DUCKDB)},
        paths=[(tuple(row[:-1]), row[-1]) for row in ask(paths_duckdb())],
    )


def by_clickhouse(log: pyarrow.Table, folder: Path) -> tuple[list[int], dict[tuple[int, int], tuple[int, float]]]:
    """Customers per funnel level by `windowFunnel`, and the edges."""
    import pyarrow.parquet  # noqa: PLC0415
    from chdb import session  # noqa: PLC0415

    file = folder / "log.parquet"
    pyarrow.parquet.write_table(log, file)
    clickhouse = session.Session(str(folder / "clickhouse"))
    try:
        ask = lambda sql: json.loads(str(clickhouse.query(sql, "JSONCompact")))["data"]
        clickhouse.query("CREATE DATABASE j ENGINE = Atomic")
        clickhouse.query(f"CREATE VIEW j.log AS SELECT * FROM file('{file}', Parquet)")
        steps = ", ".join(f"e = {code}" for code in FUNNEL)
        window_ms = WINDOW_DAYS * DAY_MS
        reached = ask(
            f"SELECT level, toUInt32(count()) FROM (SELECT windowFunnel({window_ms})(toUInt64(t), {steps}) AS level"
            " FROM j.log GROUP BY customer) GROUP BY level"
        )
        edges = ask(EDGES_CLICKHOUSE.replace("FROM log", "FROM j.log").replace("count()", "toUInt32(count())"))
    finally:
        clickhouse.close()
    levels = [sum(count for level, count in reached if level >= step) for step in range(1, len(FUNNEL) + 1)]
    return levels, {(a, b): (count, mean) for a, b, count, mean in edges}

"""SQL that DuckDB and ClickHouse share."""

from .asked import FUNNEL, WINDOW_MS, YEAR_START_MS, rows_of_funnel, steps_of

PER_CUSTOMER = "OVER (PARTITION BY customer ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
# One running maximum over the whole table, which is in order of customer and time: the key rises by more than any
# window from one customer to the next, so that nothing reaches over.
WHOLE_TABLE = "OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
KEY_OF_WHOLE_TABLE = f"(customer::BIGINT << 36) + (t - {YEAR_START_MS})"


def funnel(question: str, table: str, *, over: str, time: str, with_waits: bool, first: str, median: str) -> str:
    """For every event of a step: the latest first step from which it is reached in time; with waits, also the latest
    occurrence of the step before. Then, for each customer and step, the wait at its first arrival.
    """
    steps = steps_of(question)
    parts = [
        f"s AS (SELECT customer, {time} AS t, e, p FROM {table} WHERE {rows_of_funnel(question)})",
        f"s1 AS (SELECT *, max(CASE WHEN {steps[0]} THEN t END) {over} AS begun1 FROM s)",
    ]
    in_time = [steps[0]]
    for level in range(2, len(FUNNEL) + 1):
        reached = f"{steps[level - 1]} AND t - begun{level - 1} <= {WINDOW_MS}"
        in_time.append(reached)
        columns = f"max(CASE WHEN {reached} THEN begun{level - 1} END) {over} AS begun{level}"
        if with_waits:
            columns += f", max(CASE WHEN {reached} THEN t END) {over} AS last{level}"
        if level < len(FUNNEL):
            parts.append(f"s{level} AS (SELECT *, {columns} FROM s{level - 1})")
    levels = " ".join(f"WHEN {reached} THEN {level}" for level, reached in enumerate(in_time, start=1))
    last = f"s{len(FUNNEL) - 1}"
    if not with_waits:
        parts.append(f"r AS (SELECT customer, CASE {levels} END AS level FROM {last})")
        parts.append("d AS (SELECT customer, max(level) AS deepest FROM r WHERE level IS NOT NULL GROUP BY customer)")
        return f"WITH {', '.join(parts)} SELECT deepest, count(*) FROM d GROUP BY deepest"
    before = ["t", "begun1", *(f"last{level}" for level in range(2, len(FUNNEL)))]
    waits = " ".join(f"WHEN {step} THEN t - {previous}" for step, previous in zip(steps, before, strict=True))
    parts.append(f"r AS (SELECT customer, t, CASE {levels} END AS level, CASE {waits} END AS wait FROM {last})")
    first_wait = f"{first}(wait, t) AS wait"
    parts.append(f"x AS (SELECT customer, level, {first_wait} FROM r WHERE level IS NOT NULL GROUP BY customer, level)")
    return f"WITH {', '.join(parts)} SELECT level, count(*), {median}(wait) FROM x GROUP BY level"


def customers_per_step(rows: list[tuple[int, int]]) -> list[int]:
    """From how many came how deep."""
    return [sum(count for deepest, count in rows if deepest >= level) for level in range(1, len(FUNNEL) + 1)]


def with_medians(rows: list[tuple]) -> list[list]:
    found = {level: [int(count), None if level == 1 else float(wait)] for level, count, wait in rows}
    return [found.get(level, [0, None]) for level in range(1, len(FUNNEL) + 1)]

"""ClickHouse by chdb, over a MergeTree ordered by customer and time."""

import json
from collections.abc import Callable
from pathlib import Path

from chdb import session

from . import sql
from .asked import (
    CONVERSION,
    DAY_MS,
    FIRST_MONDAY_MS,
    LOOK_BACK_MS,
    PATH_LENGTH,
    PATH_START,
    PATH_TOP,
    RETENTION_WEEKS,
    TOUCHES,
    WEEK_MS,
    WINDOW_MS,
    YEAR_START_MS,
    rows_of_funnel,
    steps_of,
)

SETTINGS = " SETTINGS max_threads = 2, max_memory_usage = 18000000000"
IN_ORDER = SETTINGS + ", optimize_aggregation_in_order = 1"
FOLLOWERS = range(1, PATH_LENGTH)
PLACES = ", ".join(f"p{place}" for place in FOLLOWERS)


def enumeration(names: list[str]) -> str:
    return "Enum8(" + ", ".join(f"'{name}' = {code}" for code, name in enumerate(names)) + ")"


class ClickHouse:
    def __init__(self, folder: Path) -> None:
        self.session = session.Session(str(folder / "clickhouse"))

    def load(self, log: dict, csv: Path, _parquet: Path) -> dict:
        structure = (
            f"customer String, activity {enumeration(log['activities'])}, occurred_at DateTime64(3, 'UTC'),"
            f" channel {enumeration(log['channels'])}, campaign String"
        ).replace("'", "\\'")
        run = self.session.query
        run("CREATE DATABASE j ENGINE = Atomic")
        run(
            "CREATE TABLE j.ev (customer UInt32, t UInt64, e UInt8, ch UInt8, p UInt8)"
            " ENGINE = MergeTree ORDER BY (customer, t)"
        )
        run(
            "INSERT INTO j.ev SELECT toUInt32(substring(customer, 3)), toUnixTimestamp64Milli(occurred_at),"
            " toUInt8(toInt8(activity)), toUInt8(toInt8(channel)), campaign != ''"
            f" FROM file('{csv}', CSVWithNames, '{structure}'){SETTINGS}, date_time_input_format = 'best_effort'"
        )
        run("OPTIMIZE TABLE j.ev FINAL")
        [[size]] = self.ask("SELECT sum(bytes_on_disk) FROM system.parts WHERE database = 'j' AND active")
        return {"disk_bytes": int(size)}

    def ask(self, text: str) -> list[list]:
        answer = self.session.query(text, "JSONCompact")
        return json.loads(answer.data() if hasattr(answer, "data") else str(answer))["data"]

    def version(self) -> str:
        return str(self.ask("SELECT version()")[0][0])

    def formulations(self, question: str) -> dict[str, Callable[[], object]]:
        kind = question.split("_", maxsplit=1)[0]
        return getattr(self, f"_{kind}")(question)

    def _funnel(self, question: str) -> dict[str, Callable[[], object]]:
        if question == "funnel_medians":
            text = sql.funnel(
                *(question, "(SELECT customer, toInt64(t) AS t, e, p FROM j.ev)"),
                **{"over": sql.PER_CUSTOMER, "time": "t", "with_waits": True},
                **{"first": "argMin", "median": "medianExact"},
            )
            # Of an even count `medianExact` takes the upper of the two in the middle, so it is asked for both.
            text = text.replace("medianExact(wait)", "(quantileExactLow(wait) + quantileExactHigh(wait)) / 2")
            return {"windows": lambda: sql.with_medians(numbers(self.ask(text + SETTINGS)))}
        steps = ", ".join(steps_of(question))
        text = f"""
            SELECT deepest, count() FROM (
                SELECT customer, windowFunnel({WINDOW_MS})(t, {steps}) AS deepest FROM j.ev
                WHERE {rows_of_funnel(question)} GROUP BY customer
            ) GROUP BY deepest"""
        ways = {"windowFunnel": SETTINGS, "windowFunnel in order": IN_ORDER}
        return {
            name: (lambda settings=settings: sql.customers_per_step(numbers(self.ask(text + settings))))
            for name, settings in ways.items()
        }

    def _map(self, question: str) -> dict[str, Callable[[], object]]:
        medians = ", (quantileExactLow({0}) + quantileExactHigh({0})) / 2" if question == "map_medians" else ""
        windows = f"""
            SELECT a, e, count(), avg(t - before){medians.format("t - before")}
            FROM (SELECT e, t, lagInFrame(e, 1, 255) OVER w AS a, lagInFrame(t) OVER w AS before FROM j.ev
                  WINDOW w AS (PARTITION BY customer ORDER BY t ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
            WHERE a != 255 GROUP BY 1, 2"""
        arrays = f"""
            SELECT pair.1, pair.2, count(), avg(pair.3){medians.format("pair.3")}
            FROM (SELECT arrayZip(arrayPopBack(es), arrayPopFront(es), arrayPopFront(arrayDifference(ts))) AS pairs,
                         arrayJoin(pairs) AS pair
                  FROM (SELECT groupArray(e) AS es, groupArray(t) AS ts FROM j.ev GROUP BY customer))
            GROUP BY 1, 2"""
        return {
            "windows": lambda: numbers(self.ask(windows + SETTINGS)),
            "arrays in order": lambda: numbers(self.ask(arrays + IN_ORDER)),
        }

    def _paths(self, _question: str) -> dict[str, Callable[[], object]]:
        following = ", ".join(f"es[at + {place}]" for place in FOLLOWERS)
        arrays = f"""
            SELECT path, count() AS n FROM (
                SELECT range(1, greatest(length(es), {PATH_LENGTH - 1}) - {PATH_LENGTH - 2}) AS places,
                       arrayFilter(at -> es[at] = {PATH_START}, places) AS starts,
                       arrayJoin(arrayMap(at -> ({following}), starts)) AS path
                FROM (SELECT groupArray(e) AS es FROM j.ev GROUP BY customer)
            ) GROUP BY path ORDER BY n DESC, path LIMIT {PATH_TOP}"""
        leading = ", ".join(f"leadInFrame(e, {place}, 255) OVER w AS p{place}" for place in FOLLOWERS)
        windows = f"""
            SELECT {PLACES}, count() AS n FROM (
                SELECT e, {leading} FROM j.ev
                WINDOW w AS (PARTITION BY customer ORDER BY t ROWS BETWEEN CURRENT ROW AND {PATH_LENGTH - 1} FOLLOWING)
            ) WHERE e = {PATH_START} AND p{PATH_LENGTH - 1} != 255
            GROUP BY {PLACES} ORDER BY n DESC, {PLACES} LIMIT {PATH_TOP}"""
        return {
            "arrays in order": lambda: [[*path, int(count)] for path, count in self.ask(arrays + IN_ORDER)],
            "windows": lambda: numbers(self.ask(windows + SETTINGS)),
        }

    def _retention(self, _question: str) -> dict[str, Callable[[], object]]:
        # 53 weeks fit the bits of one number.
        text = f"""
            SELECT began, after, sum(n) FROM (
                SELECT began, bitAnd(weeks, {(1 << (RETENTION_WEEKS + 1)) - 1}) AS kept, count() AS n FROM (
                    SELECT intDiv(min(t) - {FIRST_MONDAY_MS}, {WEEK_MS}) AS began,
                           groupBitOr(bitShiftLeft(toUInt64(1), intDiv(t - {FIRST_MONDAY_MS}, {WEEK_MS}))) AS active,
                           bitShiftRight(active, began) AS weeks
                    FROM j.ev GROUP BY customer
                ) GROUP BY began, kept
            ) ARRAY JOIN range({RETENTION_WEEKS + 1}) AS after
            WHERE bitAnd(bitShiftRight(kept, after), 1) = 1 GROUP BY began, after"""
        ways = {"bits": SETTINGS, "bits in order": IN_ORDER}
        return {name: (lambda way=way: numbers(self.ask(text + way))) for name, way in ways.items()}

    def _attribution(self, _question: str) -> dict[str, Callable[[], object]]:
        text = f"""
            SELECT empty(touches) AS without, count(),
                   sumMap([toUInt8(if(without, 0, touches[1]))], [toUInt64(1)]),
                   sumMap([toUInt8(if(without, 0, touches[-1]))], [toUInt64(1)]),
                   sumMap(touches, arrayMap(touch -> 1.0 / length(touches), touches))
            FROM (
                SELECT arrayMap(h -> h.2, arrayFilter(h -> h.1 < c AND h.1 + {LOOK_BACK_MS} >= c, hs)) AS touches
                FROM (SELECT hs, arrayJoin(cs) AS c FROM (
                    SELECT groupArrayIf((t, ch), e IN {TOUCHES}) AS hs, groupArrayIf(t, e = {CONVERSION}) AS cs
                    FROM j.ev WHERE e IN {(*TOUCHES, CONVERSION)} GROUP BY customer HAVING notEmpty(cs)))
            ) GROUP BY without"""

        def arrays() -> object:
            first, last, linear, conversions, without = {}, {}, {}, 0, 0
            for is_without, count, firsts, lasts, credits in self.ask(text + IN_ORDER):
                conversions += int(count)
                if int(is_without):
                    without = int(count)
                    continue
                first, last, linear = (
                    {int(channel): float(total) for channel, total in zip(*pair, strict=True)}
                    for pair in (firsts, lasts, credits)
                )
            channels = [
                [int(first.get(channel, 0)), int(last.get(channel, 0)), linear.get(channel, 0.0)]
                for channel in range(12)
            ]
            return {"channels": channels, "conversions": conversions, "without": without}

        return {"arrays in order": arrays}

    def _daily(self, _question: str) -> dict[str, Callable[[], object]]:
        day = f"intDiv(t - {YEAR_START_MS}, {DAY_MS})"
        distinct = f"SELECT e, {day} AS day, count(), uniqExact(customer) FROM j.ev GROUP BY e, day"
        in_two = f"""
            SELECT e, day, sum(n), count() FROM (
                SELECT customer, e, {day} AS day, count() AS n FROM j.ev GROUP BY customer, e, day
            ) GROUP BY e, day"""
        return {
            "distinct": lambda: numbers(self.ask(distinct + SETTINGS)),
            "in two steps": lambda: numbers(self.ask(in_two + SETTINGS)),
            "in two steps, in order": lambda: numbers(self.ask(in_two + IN_ORDER)),
        }


def numbers(rows: list[list]) -> list[list]:
    """64-bit numbers come as text."""
    read = lambda value: int(value) if isinstance(value, str) else value
    return [[read(value) for value in row] for row in rows]

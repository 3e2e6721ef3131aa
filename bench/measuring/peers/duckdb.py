"""DuckDB, over a table in order of customer and time."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

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
    YEAR_START_MS,
)

FOLLOWERS = range(1, PATH_LENGTH)
PLACES = ", ".join(f"p{place}" for place in FOLLOWERS)


class DuckDb:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "duckdb.db"
        # Rows come back in the order in which they were put in; some formulations rest on it.
        settings = {"threads": 2, "preserve_insertion_order": True, "temp_directory": str(folder / "duckdb-temporary")}
        self.connection = duckdb.connect(str(self.file), config=settings)

    def load(self, log: dict, csv: Path, parquet: Path) -> dict:
        """Reads the log, and writes it in order for those that ask Parquet files."""
        activities, channels = (", ".join(f"'{name}'" for name in log[names]) for names in ("activities", "channels"))
        self.connection.execute(f"CREATE TYPE activity AS ENUM ({activities})")
        self.connection.execute(f"CREATE TYPE channel AS ENUM ({channels})")
        columns = (
            "{'customer': 'VARCHAR', 'activity': 'activity', 'occurred_at': 'TIMESTAMP', 'channel': 'channel',"
            " 'campaign': 'VARCHAR'}"
        )
        self.connection.execute(
            f"""CREATE TABLE ev AS
            SELECT substr(customer, 3)::UINTEGER AS customer, epoch_ms(occurred_at) AS t,
                   enum_code(activity)::UTINYINT AS e, enum_code(channel)::UTINYINT AS ch,
                   (campaign IS NOT NULL AND campaign <> '')::UTINYINT AS p
            FROM read_csv('{csv}', header = true, columns = {columns})
            ORDER BY customer, t"""
        )
        self.connection.execute("CHECKPOINT")
        self.connection.execute(f"COPY ev TO '{parquet}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)")
        return {"disk_bytes": os.path.getsize(self.file)}

    def ask(self, text: str) -> list[tuple]:
        return self.connection.execute(text).fetchall()

    def version(self) -> str:
        return duckdb.__version__

    def formulations(self, question: str) -> dict[str, Callable[[], object]]:
        kind = question.split("_", maxsplit=1)[0]
        return getattr(self, f"_{kind}")(question)

    def _funnel(self, question: str) -> dict[str, Callable[[], object]]:
        with_waits = question == "funnel_medians"
        ways = {"by customer": (sql.PER_CUSTOMER, "t"), "in order": (sql.WHOLE_TABLE, sql.KEY_OF_WHOLE_TABLE)}
        texts = {
            name: sql.funnel(
                question, "ev", over=over, time=time, with_waits=with_waits, first="arg_min", median="median"
            )
            for name, (over, time) in ways.items()
        }
        read = sql.with_medians if with_waits else sql.customers_per_step
        return {name: (lambda text=text: read(self.ask(text))) for name, text in texts.items()}

    def _map(self, question: str) -> dict[str, Callable[[], object]]:
        gap = "avg(t - before)" + (", median(t - before)" if question == "map_medians" else "")
        by_customer = f"""
            SELECT a, e, count(*), {gap}
            FROM (SELECT e, t, lag(e) OVER w AS a, lag(t) OVER w AS before FROM ev
                  WINDOW w AS (PARTITION BY customer ORDER BY t))
            WHERE a IS NOT NULL GROUP BY 1, 2"""
        in_order = f"""
            SELECT a, e, count(*), {gap}
            FROM (SELECT customer, e, t, lag(e) OVER () AS a, lag(t) OVER () AS before, lag(customer) OVER () AS whose
                  FROM ev)
            WHERE whose = customer GROUP BY 1, 2"""
        return {"by customer": lambda: self.ask(by_customer), "in order": lambda: self.ask(in_order)}

    def _paths(self, _question: str) -> dict[str, Callable[[], object]]:
        def text(window: str, same_customer: str, extra: str) -> str:
            following = ", ".join(f"lead(e, {place}) {window} AS p{place}" for place in FOLLOWERS)
            return f"""
                SELECT {PLACES}, count(*) AS n FROM (SELECT e, {extra}{following} FROM ev)
                WHERE e = {PATH_START} AND {same_customer} GROUP BY ALL ORDER BY n DESC, {PLACES} LIMIT {PATH_TOP}"""

        last = PATH_LENGTH - 1
        by_customer = text("OVER (PARTITION BY customer ORDER BY t)", f"p{last} IS NOT NULL", "")
        in_order = text("OVER ()", "whose = customer", f"customer, lead(customer, {last}) OVER () AS whose, ")
        return {"by customer": lambda: self.ask(by_customer), "in order": lambda: self.ask(in_order)}

    def _retention(self, _question: str) -> dict[str, Callable[[], object]]:
        # 53 weeks fit the bits of one number.
        in_bits = f"""
            WITH m AS (SELECT customer, bit_or(1::BIGINT << ((t - {FIRST_MONDAY_MS}) // {WEEK_MS})) AS weeks,
                              (min(t) - {FIRST_MONDAY_MS}) // {WEEK_MS} AS began FROM ev GROUP BY customer),
                 g AS (SELECT began, (weeks >> began) & {(1 << (RETENTION_WEEKS + 1)) - 1} AS weeks, count(*) AS n
                       FROM m GROUP BY 1, 2)
            SELECT began, after, sum(n)::BIGINT FROM g, range({RETENTION_WEEKS + 1}) AS offsets(after)
            WHERE (weeks >> after) & 1 = 1 GROUP BY 1, 2"""
        return {"bits": lambda: self.ask(in_bits)}

    def _attribution(self, _question: str) -> dict[str, Callable[[], object]]:
        counts = ", ".join(f"count(*) FILTER (ch = {channel}) AS c{channel}" for channel in range(12))
        credit = ", ".join(f"sum(c{channel} / n)" for channel in range(12))
        joined = f"""
            CREATE OR REPLACE TEMP TABLE credited AS
            SELECT count(*) AS n, arg_min(h.ch, h.t) AS first, arg_max(h.ch, h.t) AS last, {counts}
            FROM (SELECT customer, t FROM ev WHERE e = {CONVERSION}) AS c
            JOIN (SELECT customer, t, ch FROM ev WHERE e IN {TOUCHES}) AS h
              ON c.customer = h.customer AND h.t < c.t AND h.t >= c.t - {LOOK_BACK_MS}
            GROUP BY c.customer, c.t"""

        def join() -> object:
            self.connection.execute(joined)
            [(conversions,)] = self.ask(f"SELECT count(*) FROM ev WHERE e = {CONVERSION}")
            [(credited,)] = self.ask("SELECT count(*) FROM credited")
            by = {way: dict(self.ask(f"SELECT {way}, count(*) FROM credited GROUP BY 1")) for way in ("first", "last")}
            [linear] = self.ask(f"SELECT {credit} FROM credited")
            channels = [
                [by["first"].get(channel, 0), by["last"].get(channel, 0), linear[channel] or 0.0]
                for channel in range(12)
            ]
            return {"channels": channels, "conversions": conversions, "without": conversions - credited}

        return {"join": join}

    def _daily(self, _question: str) -> dict[str, Callable[[], object]]:
        day = f"(t - {YEAR_START_MS}) // {DAY_MS}"
        distinct = f"SELECT e, {day} AS day, count(*), count(DISTINCT customer) FROM ev GROUP BY 1, 2"
        in_two = f"""
            SELECT e, day, sum(n)::BIGINT, count(*)
            FROM (SELECT e, {day} AS day, customer, count(*) AS n FROM ev GROUP BY 1, 2, 3) GROUP BY 1, 2"""
        return {"distinct": lambda: self.ask(distinct), "in two steps": lambda: self.ask(in_two)}

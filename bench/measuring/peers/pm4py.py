"""pm4py, over a data frame in memory: the process map."""

from collections.abc import Callable
from pathlib import Path

import pandas
import pm4py


class Pm4py:
    def __init__(self, folder: Path) -> None:
        log = pandas.read_parquet(folder / "log.parquet", columns=["customer", "t", "e"])
        self.log = pandas.DataFrame(
            {
                "case:concept:name": log["customer"].astype("string"),
                "concept:name": log["e"].astype("string"),
                "time:timestamp": pandas.to_datetime(log["t"], unit="ms", utc=True),
            }
        )

    def version(self) -> str:
        return pm4py.__version__

    def formulations(self, question: str) -> dict[str, Callable[[], object]]:
        if question != "map":
            return {}

        def counts() -> object:
            edges, _starts, _ends = pm4py.discover_dfg(self.log)
            return [[int(a), int(b), int(count)] for (a, b), count in edges.items()]

        return {"discover_dfg": counts}

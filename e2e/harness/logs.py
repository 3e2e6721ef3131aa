"""Real logs as CSV files with the columns `customer,activity,occurred_at`, in the order of the original file."""

import csv
import gzip
import os
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from harness.product import REPOSITORY

SAMPLES = REPOSITORY / "data" / "samples"
COLUMNS = ("customer", "activity", "occurred_at")


@dataclass(frozen=True)
class Log:
    name: str
    path: Path
    customers: int
    events: int


LOCAL_ONLY = (
    Log("receipt", Path("receipt.csv"), 1_434, 8_577),
    Log("bpic2013-incidents", Path("07_bpic2013_incidents.xes.gz"), 7_554, 65_533),
    Log("teleclaims", Path("02_teleclaims.xes.gz"), 3_512, 46_138),
)
COMMITTED = (
    Log("ecom", SAMPLES / "retentioneering" / "ecom.csv.gz", 600, 31_106),
    Log("cdnow", SAMPLES / "cdnow" / "CDNOW_master.txt.gz", 23_570, 69_659),
)


def available() -> list[Log]:
    """The committed logs, and the ones that may only be used locally where their folder stands beside the clone."""
    folder = Path(os.environ.get("VIVENCIA_LOGS") or REPOSITORY.parent / "shared" / "data" / "logs")
    beside = [Log(log.name, folder / log.path, log.customers, log.events) for log in LOCAL_ONLY]
    return [*COMMITTED, *(log for log in beside if log.path.is_file())]


def write_csv(log: Log, out: Path) -> Path:
    """Case numbers get a prefix: an identifier of nothing but zeros stands for nobody."""
    readers = {"receipt": read_receipt, "ecom": read_ecom, "cdnow": read_cdnow}
    rows = readers.get(log.name, read_xes)(log.path)
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return out


def read_receipt(path: Path):
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["case:concept:name"], row["concept:name"], row["time:timestamp"]


def read_xes(path: Path):
    with gzip.open(path) as file:
        for _, element in ElementTree.iterparse(file, ("end",)):
            if local_name(element) != "trace":
                continue
            case = attributes(element)["concept:name"]
            for event in element:
                if local_name(event) == "event":
                    values = attributes(event)
                    yield f"case-{case}", values["concept:name"], values["time:timestamp"]
            element.clear()


def local_name(element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def attributes(element) -> dict[str, str]:
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def read_ecom(path: Path):
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["user_id"], row["event"], row["timestamp"]


def read_cdnow(path: Path):
    """Purchases have no name; how many CDs they were of makes one."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            customer, day, discs, _ = line.split()
            size = "1 CD" if discs == "1" else "2 to 4 CDs" if int(discs) < 5 else "5 or more CDs"
            yield f"c-{customer}", size, f"{day[:4]}-{day[4:6]}-{day[6:]}"

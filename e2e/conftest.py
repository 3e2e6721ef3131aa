"""Fixtures of the end-to-end tests."""

import os

import pytest

from harness import demonstration, logs, product


def pytest_report_header():
    compared = [log.name for log in logs.available()]
    absent = [log.name for log in logs.LOCAL_ONLY if log.name not in compared]
    header = [f"binary: {product.find_binary()}", f"logs compared with pm4py: {', '.join(compared)}"]
    if absent:
        header.append(f"logs for local use that are not beside this clone: {', '.join(absent)}")
    return header


def pytest_sessionfinish():
    """A test that failed in the middle leaves its server behind."""
    for server in product.STARTED:
        server.kill()


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def server(data_dir):
    """A running server on a fresh data directory."""
    with product.Server(data_dir) as running:
        yield running


@pytest.fixture
def collect_key(server):
    return product.create_key(server.data_dir, "tests", "collect")


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A server with the demonstration and a key that may administer it, for one file of tests alone: they change it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with demonstration.serve_copy(shared, tmp_path_factory.mktemp("company") / "data") as served:
        yield served

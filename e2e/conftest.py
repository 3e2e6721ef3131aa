"""Fixtures of the end-to-end tests."""

import pytest

from harness import product


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

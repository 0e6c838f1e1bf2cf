"""What the tests of sources share."""

import pytest
from tests.hosts import Host


@pytest.fixture
def host():
    with Host() as found:
        yield found

"""For every test. Nothing here may need Django: the node's tests run without it."""

import os
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

# How quickly made-up examples come tells of the machine, not of the law.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

if find_spec("django"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


@pytest.fixture(scope="session")
def admin_url() -> str:
    """Return the address of a PostgreSQL on which this run may make databases and roles."""
    from devtool.testing import admin_url as find_admin_url

    return find_admin_url()


@pytest.fixture(scope="session")
def run_name(request: pytest.FixtureRequest) -> str:
    """Return a name of this worker of this run, for what must not collide on a shared server."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return f"{os.environ.get('PANJEREH_TEST_NAME', 'run')}_{worker}"

"""The published indices stand below: their lists of questions and their editions."""

from tests.platform.indices.conftest import published

__all__ = ["published"]

"""What tests of the panel stand on besides what their folders say."""

from __future__ import annotations

from tests.new_databases import new_databases

__all__ = ["new_databases"]

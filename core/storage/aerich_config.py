"""What aerich needs to compare the models with the last migration.  It opens no database.

``aerich migrate --offline --name NAME`` writes the next migration; a second dialect gets a file of settings like
``[tool.aerich]`` in pyproject.toml, with its own location and its own connection here.
"""

from __future__ import annotations

from typing import Any

AERICH_CONFIG: dict[str, Any] = {
    "connections": {"sqlite": {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": ":memory:"}}},
    "apps": {"core": {"models": ["core.storage.models", "aerich.models"], "default_connection": "sqlite"}},
}

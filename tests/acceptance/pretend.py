"""The pretend platform in a process of its own, as ``storywatch sandbox`` starts it, and what it saw.

Knows what the platform's own pages tell; judges nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

_CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 60.0

Entry = dict[str, Any]


class Pretend:
    """A sandbox that runs until it is closed.

    Args:
        folder: Where its files go.
        scenario: Fields of its scenario.
    """

    def __init__(self, folder: Path, **scenario: object) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "scenario.json"
        file.write_text(json.dumps(scenario))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--json", "--scenario", str(file), "--folder", str(folder)],
            cwd=_CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        self._read = 0
        assert self._process.stdout is not None
        self.told: dict[str, Any] = json.loads(self._process.stdout.readline())

    @property
    def url(self) -> str:
        """The platform's address."""
        return str(self.told["platform_url"])

    @property
    def names(self) -> Path:
        """The file of usernames."""
        return Path(self.told["usernames"])

    def lines(self, name: str) -> list[str]:
        """The lines of one of its files."""
        return Path(self.told[name]).read_text("utf-8").splitlines()

    @property
    def limits(self) -> list[str]:
        """Operating limits that suit it, as ``limits set`` takes them."""
        return list(self.told["limits"])

    def truth(self) -> dict[str, str]:
        """What is right to say of everybody now."""
        truth: dict[str, str] = self._ask("truth")
        return truth

    def journal(self) -> list[Entry]:
        """Every request since the journal was forgotten."""
        entries: list[Entry] = self._ask("journal")
        return entries

    @property
    def asked(self) -> int:
        """How many requests have ended since the journal was forgotten."""
        entries: list[Entry] = self._ask(f"journal?since={self._read}")
        self._read += len(entries)
        return self._read

    def forget(self) -> None:
        """Begin the journal anew."""
        self._ask("journal", "DELETE")
        self._read = 0

    def goes_wrong(self, **faults: object) -> None:
        """Let these faults take the place of all earlier ones."""
        self._ask("faults", "POST", faults)

    def proxy_goes_wrong(self, number: int, fault: str) -> None:
        """Give proxy *number* (from 1) this fault; ``none`` ends it."""
        self._ask("proxies", "POST", {"proxy": number, "fault": fault})

    def _ask(self, page: str, method: str = "GET", data: object = None) -> Any:
        address = self.told["truth_url"].removesuffix("truth") + page
        body = None if data is None else json.dumps(data).encode()
        with urlopen(Request(address, body, method=method), timeout=_PATIENCE) as answer:
            return json.loads(answer.read())

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.communicate(timeout=_PATIENCE)

"""Nothing in the repository names the machine it was written on or the place its packages come from."""

from __future__ import annotations

import re

from tests.project.checkout import ROOT, tracked_text

# In pieces, so that this file does not name what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu"),
    )
]
HOMES = ["/" + name + "/" for name in ("home", "root", "Users")]
PACKAGE_ADDRESS = re.compile(r"https?://[^\s\"'<>)]+\.(?:whl|tar\.gz|zip)\b")


def places(needles: list[str]) -> list[str]:
    return [
        f"{path}:{number}"
        for path, text in tracked_text()
        if any(needle in text for needle in needles)
        for number, line in enumerate(text.splitlines(), start=1)
        if any(needle in line for needle in needles)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert places(REGISTRIES) == []


def test_no_file_holds_the_address_of_a_package() -> None:
    assert [str(path) for path, text in tracked_text() if PACKAGE_ADDRESS.search(text)] == []


def test_no_file_holds_a_path_of_somebodys_home() -> None:
    assert places(HOMES) == []


def test_no_file_holds_the_path_of_this_checkout() -> None:
    # A checkout at "/app" would find itself in the Dockerfile.
    assert len(ROOT.parts) <= 2 or places([f"{ROOT}/"]) == []

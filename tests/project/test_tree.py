"""The tree is the one that the documentation draws, and its names say something."""

from __future__ import annotations

import ast
import re

import bot
import cli
import core
import panel
import sandbox
from tests.project.checkout import ROOT, text_of, tracked

TOP = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "benchmarks",
    "bot",
    "cli",
    "compose.yaml",
    "core",
    "docs",
    "main.py",
    "migrations",
    "panel",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "sandbox",
    "tests",
}
SAYS_NOTHING = re.compile(r"utils?|helpers?|common|misc|base_\w+|\w*managers?", re.IGNORECASE)


def test_the_top_of_the_tree_holds_what_it_is_meant_to_hold_and_nothing_else() -> None:
    assert {path.parts[0] for path in tracked()} == TOP


def test_the_packages_that_are_imported_are_the_ones_of_this_checkout() -> None:
    # There are strangers of these names in package registries, "panel" among them.
    for package in (bot, cli, core, panel, sandbox):
        assert package.__file__ is not None
        assert package.__file__.startswith(f"{ROOT}/{package.__name__}/")


def test_no_file_or_directory_has_a_name_that_says_nothing() -> None:
    names = {name for path in tracked() for name in (*path.parts[:-1], path.stem)}
    assert [name for name in sorted(names) if SAYS_NOTHING.fullmatch(name)] == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    found = [
        f"{path}: {node.name}"
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] != "migrations"
        for node in ast.walk(ast.parse(text_of(str(path))))
        if isinstance(node, ast.ClassDef) and SAYS_NOTHING.fullmatch(node.name)
    ]
    assert found == []


def test_every_module_begins_with_what_it_owns() -> None:
    silent = [
        str(path)
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] not in {"migrations", "tests"}
        if not ast.get_docstring(ast.parse(text_of(str(path))))
    ]
    assert silent == []


def test_the_readme_draws_every_directory_of_code() -> None:
    layout = text_of("README.md").partition("## Layout")[2]
    for name in ("core", "cli", "bot", "panel", "sandbox", "migrations", "tests", "benchmarks", "docs"):
        assert f"{name}/" in layout
    for child in (ROOT / "core").iterdir():
        if (child / "__init__.py").is_file():
            assert f"{child.name}/" in layout, f"core/{child.name} is not in the README's layout"

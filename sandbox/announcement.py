"""What a sandbox in a process of its own says at its start: files and values that other commands take as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sandbox.box import Sandbox


def write_files(box: Sandbox, folder: Path) -> dict[str, Path]:
    """Proxies, sessions, canaries and usernames, one entry a line, in *folder*."""
    files = {
        "proxies": _file(folder / "proxies.txt", box.proxy_lines),
        "sessions": _file(folder / "sessions.txt", box.session_lines),
        "canaries": _file(folder / "canaries.txt", box.canaries),
    }
    if box.scenario.ids_known:
        ids = box.ids
        rows = [f"{name},{ids[name]}" for name in box.usernames]
        files["usernames"] = _file(folder / "usernames.csv", ["username,id", *rows])
    else:
        files["usernames"] = _file(folder / "usernames.txt", box.usernames)
    return files


def write_niches(box: Sandbox, folder: Path) -> dict[str, Path]:
    """The usernames niche by niche, a file each."""
    return {
        name: _file(folder / f"niche-{number}.txt", usernames)
        for number, (name, usernames) in enumerate(box.niches.items(), start=1)
    }


def json_line(box: Sandbox, files: dict[str, Path], niches: dict[str, Path]) -> str:
    """The one line for programs."""
    line: dict[str, object] = {"platform_url": box.platform_url}
    line |= {name: str(file) for name, file in files.items()}
    line["niches"] = {name: str(file) for name, file in niches.items()}
    line["truth_url"] = box.truth_url
    line["limits"] = [f"{name}={value}" for name, value in box.limits.items()]
    if box.ca_file is not None:
        line["platform_ca_file"] = str(box.ca_file)
    return json.dumps(line)


def summary(box: Sandbox, files: dict[str, Path]) -> str:
    """The same for people."""
    lines = [
        "Sandbox: pretend data.",
        f"  platform   {box.platform_url}",
        f"  truth      {box.truth_url}",
        f"  proxies    {len(box.proxies)} in {files['proxies']}",
        f"  sessions   {len(box.session_lines)} in {files['sessions']}, bound to the proxies in order",
        f"  canaries   {len(box.canaries)} in {files['canaries']}",
        f"  usernames  {len(box.usernames)} in {files['usernames']}",
        f"  limits     {' '.join(f'{name}={value}' for name, value in box.limits.items())}",
    ]
    if box.ca_file is not None:
        lines.append(f"  authority  {box.ca_file}")
    return "\n".join([*lines, "Ctrl-C ends it."])


def _file(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path

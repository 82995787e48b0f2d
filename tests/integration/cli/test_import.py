"""``storywatch import`` as people give it."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.integration.cli.conftest import Storywatch, written


def test_an_import_reports_every_line_in_words(storywatch: Storywatch, names: str) -> None:
    ran = storywatch("import", names, "--niche", "food")
    assert (ran.code, ran.out) == (
        0,
        '6 lines read into "food": 3 created, 1 repeated in the file, 2 that could not be used.\n',
    )
    assert 'The niche "food" was created.' in ran.err
    assert 'line 3 "not a name!": ' in ran.err


def test_json_has_the_invalid_lines_first_and_then_the_counts(storywatch: Storywatch, names: str) -> None:
    ran = storywatch("import", names, "--niche", "food", "--json")
    *invalid, report = ran.records
    assert [line["line"] for line in invalid] == [3, 6]
    assert set(invalid[0]) == {"line", "text", "why"}
    counted = ("lines", "created", "known_here", "known_elsewhere", "repeated", "invalid")
    assert [report[name] for name in counted] == [6, 3, 0, 0, 1, 2]


def test_a_dry_run_writes_nothing_and_says_so_of_no_niche(storywatch: Storywatch, names: str) -> None:
    ran = storywatch("import", names, "--niche", "food", "--dry-run", "--json")
    assert (ran.code, ran.records[-1]["created"]) == (0, 3)
    assert "was created" not in ran.err
    assert storywatch("niche", "list", "--json").records == []


def test_all_invalid_lines_go_to_a_file_of_their_own(storywatch: Storywatch, place: Path) -> None:
    file = written(place / "many.txt", "ann\n" + "".join(f"no name {n}!\n" for n in range(1_200)))
    ran = storywatch("import", file, "--niche", "food", "--errors", "bad.jsonl", "--json")
    assert len(ran.records) == 1_001
    lines = [orjson.loads(line) for line in (place / "bad.jsonl").read_text().splitlines()]
    assert [lines[0]["line"], lines[-1]["line"], len(lines)] == [2, 1_201, 1_200]


def test_the_file_of_invalid_lines_is_kept_when_the_list_is_refused(storywatch: Storywatch, place: Path) -> None:
    file = written(place / "bad.txt", "no name!\nnor this!\n")
    ran = storywatch("import", file, "--niche", "food", "--errors", "bad.jsonl")
    assert ran.code == 2
    assert len((place / "bad.jsonl").read_text().splitlines()) == 2
    assert sorted(path.name for path in place.iterdir()) == ["bad.jsonl", "bad.txt", "data"]


def test_standard_input_is_a_file_like_any_other(storywatch: Storywatch) -> None:
    ran = storywatch("import", "-", "--niche", "food", "--json", given="ann\nbea\n")
    assert (ran.code, ran.record["created"]) == (0, 2)


def test_known_profiles_stay_where_they_are_unless_they_are_moved(storywatch: Storywatch, names: str) -> None:
    storywatch("import", names, "--niche", "food")
    assert storywatch("import", names, "--niche", "drinks", "--json").records[-1]["known_elsewhere"] == 3
    storywatch("import", names, "--niche", "drinks", "--move")
    ran = storywatch("profile", "list", "--niche", "drinks", "--json")
    assert [profile["username"] for profile in ran.records] == ["ann", "bea", "cleo"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "file: it is empty; it takes one username a line"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "file: looks like a PNG picture; a list has to be text"),
        (bytes(range(32)) * 200, "file: not text: "),
        (b"no name!\n", 'file: it holds no username, its only line is no username; line 1, "no name!": '),
        (b"a b!" * 2_621_440, "file: it holds no username, its only line is no username; line 1, "),
    ],
    ids=["empty", "picture", "control bytes", "only invalid lines", "a line of 10 MB"],
)
def test_a_list_that_cannot_be_used_is_refused_in_one_sentence(
    storywatch: Storywatch, place: Path, content: bytes, sentence: str
) -> None:
    ran = storywatch("import", written(place / "list.txt", content), "--niche", "food")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(sentence)
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 300
    assert storywatch("niche", "list", "--json").records == []


def test_a_file_that_is_not_there_is_named(storywatch: Storywatch) -> None:
    ran = storywatch("import", "nowhere.txt", "--niche", "food")
    assert (ran.code, ran.err) == (
        2,
        "file: nowhere.txt cannot be read (no such file or directory); check its name\n",
    )


def test_a_directory_is_no_list(storywatch: Storywatch, place: Path) -> None:
    ran = storywatch("import", str(place), "--niche", "food")
    assert (ran.code, "is a directory" in ran.err) == (2, True)


def test_a_place_for_invalid_lines_that_cannot_be_written_is_refused_before_anything_is_done(
    storywatch: Storywatch, names: str
) -> None:
    ran = storywatch("import", names, "--niche", "food", "--errors", "no/such/place.jsonl")
    assert (ran.code, ran.err.startswith("--errors: no/such/place.jsonl cannot be written")) == (2, True)
    assert storywatch("niche", "list", "--json").records == []

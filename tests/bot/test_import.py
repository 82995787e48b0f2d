"""Lists from Discord: looked over before anything is saved, imported on a press, refused with a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.import_progress import TELL_EVERY
from bot.life import Life
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Attachment, Message, Person, Reply

LIST = b"username\n@Marlow.Oven\ncobalt\nnoodle bar lisbon\ncobalt\nhttps://www.instagram.com/kiln_supper/\n"


@pytest.fixture
async def life(storywatch: Storywatch) -> AsyncIterator[Life]:
    """The bot, logged in."""
    async with storywatch.bot() as life:
        yield life


@pytest.fixture
async def olga(storywatch: Storywatch) -> Person:
    return await storywatch.person("olga", "operators")


async def usernames(storywatch: Storywatch, niche: str) -> list[str]:
    return [each.username for each in (await storywatch.app.profiles.page(ROOT, niche=niche)).profiles]


async def pressed(storywatch: Storywatch, person: Person, reply: Reply, label: str, then: str) -> Reply:
    """Press a button and wait for what the message says then."""
    after = await person.click(reply, label)
    await storywatch.until(lambda: then in after.text, f"it says {then!r}")
    return after


async def test_a_list_is_shown_before_it_is_imported_and_imported_on_a_press(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("niche", "import", niche="Street food", file=Attachment("names.txt", LIST))
    assert reply.ephemeral
    assert reply.embed.title == "Import into Street food?"
    assert "**3** new · 1 repeated · 1 invalid" in reply.text
    assert "Line 4 `noodle bar lisbon` " in reply.text
    assert "importing creates it" in reply.text
    assert [button.label for button in reply.buttons] == ["Import", "Import and check", "Cancel"]
    assert await storywatch.app.niches.list(ROOT) == ()

    after = await pressed(storywatch, olga, reply, "Import", "Imported into Street food")
    assert "**3** new · 1 repeated · 1 invalid" in after.text
    (errors,) = after.attachments
    assert errors.filename == "names-invalid.csv"
    assert b"4,noodle bar lisbon," in errors.data
    assert after.buttons == []
    assert await usernames(storywatch, "Street food") == ["cobalt", "kiln_supper", "marlow.oven"]
    assert (await storywatch.app.batches.list(ROOT)) == ()


async def test_import_and_check_makes_a_batch_of_everybody_in_the_list_wherever_they_are_known(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.app.niches.create(ROOT, "travel")
    await storywatch.app.profiles.add(ROOT, ["cobalt"], "travel")
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("lunch.csv", LIST))
    assert "1 in another niche" in reply.text
    assert "1 in travel; they stay there." in reply.text
    await pressed(storywatch, olga, reply, "Import and check", "lunch: 3 profiles, in line")
    (batch,) = await storywatch.app.batches.list(ROOT)
    assert (batch.name, batch.niche, batch.total) == ("lunch", "food", 3)
    assert await usernames(storywatch, "travel") == ["cobalt"]
    await storywatch.until(lambda: any("0 of 3" in each.text for each in olga.channel.messages), "its message")


async def test_a_list_that_is_cancelled_leaves_nothing(storywatch: Storywatch, life: Life, olga: Person) -> None:
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    await pressed(storywatch, olga, reply, "Cancel", "Nothing was imported")
    assert reply.buttons == []
    assert await storywatch.app.niches.list(ROOT) == ()
    assert list((storywatch.app.settings.data_dir / "staged").iterdir()) == []


async def test_without_a_file_a_form_asks_for_it(storywatch: Storywatch, life: Life, olga: Person) -> None:
    reply = await olga.slash("niche", "import", niche="food")
    assert reply.modal is not None
    assert reply.modal.title == "Import into food"
    preview = await olga.submit(reply.modal, {"List of usernames": [Attachment("names.txt", LIST)]})
    assert preview.embed.title == "Import into food?"


async def test_a_batch_of_a_list_is_called_as_was_asked(storywatch: Storywatch, life: Life, olga: Person) -> None:
    reply = await olga.slash("batch", "create", niche="food", name="Friday", file=Attachment("names.txt", LIST))
    assert "Checking all of them: ≈ 4 requests" in (reply.embed.description or "")
    await pressed(storywatch, olga, reply, "Import and check", "Friday: 3 profiles, in line")
    assert [batch.name for batch in await storywatch.app.batches.list(ROOT)] == ["Friday"]


async def test_whoever_wants_a_batch_of_a_list_is_offered_one_that_waits_and_no_import_without_one(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("batch", "create", niche="food", name="Friday", file=Attachment("names.txt", LIST))
    assert [button.label for button in reply.buttons] == ["Import and check", "Import, check later", "Cancel"]
    await pressed(storywatch, olga, reply, "Import, check later", "Friday: 3 profiles, ready.")
    (batch,) = await storywatch.app.batches.list(ROOT)
    assert (batch.name, batch.shown_status, batch.created_by) == ("Friday", "Ready", f"discord:olga ({olga.id})")
    message = await storywatch.message()
    assert [button.label for button in message.buttons] == ["Start", "Results", "Delete"]
    assert "Created by olga in Discord" in message.text


async def test_a_list_that_somebody_posted_is_checked_in_the_niche_that_is_chosen(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.app.niches.create(ROOT, "food")
    message = storywatch.server.member("ben").says("look", Attachment("a.png", b"\x89PNG"), Attachment("n.txt", LIST))
    reply = await olga.message_command("Check this list", message)
    assert reply.embed.title == "Which niche should it go to?"
    await olga.select(reply, "Choose a niche", "food")
    await storywatch.until(lambda: "Import into food?" in reply.text, "the question")
    await pressed(storywatch, olga, reply, "Import and check", "n: 3 profiles, in line")


async def test_a_list_that_somebody_posted_can_make_a_niche_of_its_own(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.message_command("Check this list", olga.says("", Attachment("n.txt", LIST)))
    assert reply.selects == []
    asked = await olga.click(reply, "Another niche")
    assert asked.modal is not None
    await olga.submit(asked.modal, {"Niche": "Street food"})
    await storywatch.until(lambda: "Import into Street food?" in reply.text, "the question")
    assert "importing creates it" in reply.text


async def test_a_long_import_tells_how_far_it_is(storywatch: Storywatch, life: Life, olga: Person) -> None:
    names = "\n".join(f"p{number}" for number in range(30_000)).encode()
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", names))
    after = await olga.click(reply, "Import")
    await storywatch.until(lambda: "of 30,000" in after.text, "how far it is", step=TELL_EVERY)
    await storywatch.until(lambda: "Imported into food" in after.text, "the end")


async def test_a_message_without_a_list_is_refused(storywatch: Storywatch, life: Life, olga: Person) -> None:
    reply = await olga.message_command("Check this list", olga.says("nothing here"))
    assert "it has no file" in reply.text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("names.pdf", b"ann\n", "is no list by its name; attach a .txt, .csv or .list file"),
        ("names", b"ann\n", "is no list by its name"),
        ("names.txt", b"", "is empty"),
        ("names.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG picture"),
        ("names.txt", b"not a name\n", "holds no username"),
    ],
)
async def test_what_is_no_list_is_refused_with_a_sentence(
    storywatch: Storywatch, life: Life, olga: Person, name: str, data: bytes, sentence: str
) -> None:
    reply = await olga.slash("niche", "import", niche="food", file=Attachment(name, data))
    assert reply.ephemeral
    assert sentence in reply.text
    assert reply.buttons == []


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    storywatch.server.world.attachment_size_limit = 60_000_000
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("big.txt", bytes(25_000_001)))
    assert "more than 25 MB" in reply.text
    assert storywatch.server.requests.of("cdn") == []


async def test_a_file_that_discord_does_not_keep_any_more_is_to_be_attached_again(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    storywatch.server.faults.cdn("/ephemeral-attachments/**", status=404)
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    assert "attach it again" in reply.text


@pytest.mark.parametrize("trouble", [{"status": 503}, {"truncate": True}, {"drop": "before", "times": None}])
async def test_a_file_that_does_not_come_as_a_whole_is_a_sentence(
    storywatch: Storywatch, life: Life, olga: Person, trouble: dict[str, object]
) -> None:
    storywatch.server.faults.cdn("/ephemeral-attachments/**", **trouble)  # type: ignore[arg-type]
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    assert "try again" in reply.text
    assert list((storywatch.app.settings.data_dir / "staged").iterdir()) == []


async def test_a_file_that_lies_elsewhere_is_not_fetched(storywatch: Storywatch, life: Life, olga: Person) -> None:
    storywatch.server.world.files.base_url = "http://storywatch.example:1"
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    assert "does not lie where Discord keeps files" in reply.text


async def test_what_was_imported_is_told_although_no_batch_could_be_made_of_it(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("batch", "create", niche="food", name="\u2067bell", file=Attachment("names.txt", LIST))
    after = await pressed(storywatch, olga, reply, "Import and check", "No batch was made of it: name: ")
    assert "Imported into food" in after.text
    assert await usernames(storywatch, "food") == ["cobalt", "kiln_supper", "marlow.oven"]


async def test_a_viewer_cannot_import(storywatch: Storywatch, life: Life) -> None:
    vic = await storywatch.person("vic", "viewers")
    reply = await vic.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    assert "operator" in reply.text
    assert storywatch.server.requests.of("cdn") == []


async def test_who_lost_the_role_meanwhile_cannot_press_import(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    olga.take(storywatch.server.guild.role("operators"))
    told = await olga.click(reply, "Import")
    assert "You have no role" in told.text
    assert await storywatch.app.niches.list(ROOT) == ()


async def test_a_list_of_which_the_hour_is_over_is_to_be_chosen_again(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("niche", "import", niche="food", file=Attachment("names.txt", LIST))
    for staged in (storywatch.app.settings.data_dir / "staged").iterdir():
        await storywatch.app.imports.discard(ROOT, staged.name)
    after = await olga.click(reply, "Import")
    told: Message = await after.wait_for_followup()
    assert "choose it again" in told.text


async def test_markdown_and_mentions_in_a_list_show_as_they_are(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    data = "@everyone <@1>\n**bold** `code`\n\u202egnihton\nann\n".encode()
    reply = await olga.slash("niche", "import", niche="*all* <#1> @here", file=Attachment("__a__.txt", data))
    assert reply.embed.title == "Import into \\*all\\* ‹#1› @\u2060here?"
    assert "\u202e" not in reply.text
    assert "`@everyone <@1>`" in reply.text
    assert not reply.message.pings.everyone

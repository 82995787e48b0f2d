"""Discord's HTTP API, gateway and files on loopback, for an unmodified discord.py client, with people who use the bot.

Bodies are checked against Discord's own description; what that does not say is enforced by hand, as the documentation
and those who met it describe it.  Imports nothing of the bot.
"""

from tests.discord_server.channels import Channel
from tests.discord_server.faults import Fault
from tests.discord_server.files import Attachment
from tests.discord_server.guilds import Guild, Role
from tests.discord_server.interaction import Choice
from tests.discord_server.invoking import DidNotRespond
from tests.discord_server.keyboard import Person
from tests.discord_server.messages import Message
from tests.discord_server.modals import Modal
from tests.discord_server.options import Unusable
from tests.discord_server.screen import Reply
from tests.discord_server.server import DiscordServer

__all__ = [
    "Attachment",
    "Channel",
    "Choice",
    "DidNotRespond",
    "DiscordServer",
    "Fault",
    "Guild",
    "Message",
    "Modal",
    "Person",
    "Reply",
    "Role",
    "Unusable",
]

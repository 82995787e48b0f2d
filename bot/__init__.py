"""The Discord bot: slash commands, cards and living messages over core's services."""

"""The command line: each file owns one noun's commands; every command calls one service verb."""

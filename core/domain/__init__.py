"""Pure rules over values: names, verdicts, blame, health. Standard library only, no await."""

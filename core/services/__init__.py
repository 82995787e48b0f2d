"""The verbs: the only API that adapters know. They authorise, validate and return frozen views."""

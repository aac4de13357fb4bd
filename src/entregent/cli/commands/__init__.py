"""One file a group of commands, each a thin door: read the options, call an action, print what came of it."""

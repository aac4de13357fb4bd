"""One module per command group; each command reads its options, calls an action and prints the result."""

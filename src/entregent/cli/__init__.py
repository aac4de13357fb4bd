"""Floor 9: the command line, ``entregent …``: finds, does, shows, over the same actions as the pages."""

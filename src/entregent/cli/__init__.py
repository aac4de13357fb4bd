"""The command line, ``entregent …``: finds, does, shows, over the same actions as the pages."""

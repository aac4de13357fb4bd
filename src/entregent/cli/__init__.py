"""The command line, ``entregent …``: runs the same actions as the pages."""

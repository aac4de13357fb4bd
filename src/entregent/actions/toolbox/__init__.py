"""The toolbox: the list of tools, running one, taking it back (E1-E4)."""

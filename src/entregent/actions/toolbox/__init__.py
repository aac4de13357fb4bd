"""The toolbox: the list of tools, running and undoing them (E1-E4)."""

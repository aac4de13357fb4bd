"""Import, export and synchronise files, through the actions."""

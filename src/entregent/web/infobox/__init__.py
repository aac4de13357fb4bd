"""«Infobox»: the account's journal, and the entries that other pages show."""

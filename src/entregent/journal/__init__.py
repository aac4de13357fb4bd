"""The ledger («infobox»): who did what, when, on whom, through which door, field by field."""

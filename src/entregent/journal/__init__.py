"""The journal («infobox»): who changed which fields of which record, when, and through which interface."""

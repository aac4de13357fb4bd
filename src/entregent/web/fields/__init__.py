"""Custom fields (C6): on records' forms and pages, and where they are defined."""

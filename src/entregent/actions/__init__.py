"""Actions: every recorded change, with its permission check, validation, transaction and journal entry."""

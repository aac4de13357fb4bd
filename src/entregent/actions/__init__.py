"""The hand. Every recorded change is an action here: permission, validation, transaction, journal."""

"""An account's layer over a record of the shared directory (A3), kept in step with it."""

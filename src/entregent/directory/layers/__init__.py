"""An account's layer over a shared record (A3), kept in sync with it."""

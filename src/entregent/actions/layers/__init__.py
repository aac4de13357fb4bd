"""Personal information (A3): what an account adds to a shared record."""

"""Who may see records, of several at once (B3)."""

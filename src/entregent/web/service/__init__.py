"""The operator's console: accounts, synchronisation of the shared directory, corrections."""

"""Lists («Listes»): made, changed, filled by hand, and taken back."""

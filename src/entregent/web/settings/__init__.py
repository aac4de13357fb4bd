"""«Paramètres»: the account, its users, teams and roles; one's profile, security and tokens."""

"""«Paramètres»: the account, its users, teams and roles; the user's own profile, security and tokens."""

"""Floor 1: accounts (tenants), their users, teams and roles; who is speaking, and inside which account."""

"""Accounts (tenants), their users, teams and roles; who is speaking, and inside which account."""

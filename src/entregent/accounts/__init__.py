"""Accounts (tenants), their users, teams and roles; who is acting, and inside which account."""

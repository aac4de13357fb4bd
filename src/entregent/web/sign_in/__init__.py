"""Signing in and out, passwords, second factors, passkeys, sessions; the choice of accounts."""

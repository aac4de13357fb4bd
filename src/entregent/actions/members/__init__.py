"""The account itself: users, roles, teams, invitations, tokens, settings, and who leaves."""

"""The account itself: users, roles, teams, invitations, tokens, settings, and handing over when a user leaves."""

"""Sign-in and sign-out, passwords, second factors, passkeys, sessions; invitations and the choice of accounts."""

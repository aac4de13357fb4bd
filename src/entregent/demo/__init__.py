"""Fictitious demo data: the account «Les Amis du lac» created by `entregent demo`, and a second account.

`words` lists the names and places, `people` generates cards from them, deterministically; `story` simulates months
of use by running the actions a user's clicks would; `accounts` opens the two accounts; `service` fills the shared
directory that both read; `building` runs it all.
"""

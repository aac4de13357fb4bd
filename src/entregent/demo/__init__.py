"""Demo data, made and not copied: the account «Les Amis du lac» of `entregent demo`, and its neighbour.

`words` are what names and places are drawn from, `people` makes cards of them, always the same ones; `story`
lets months pass over them, through the actions as a user's click would; `accounts` opens the two accounts;
`service` is the shared directory that both read; `building` puts it together.
"""

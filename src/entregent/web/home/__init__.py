"""«Accueil»: what happened, what was added, the ways in."""

"""«Accueil»: recent activity, new contacts, counts and shortcuts."""

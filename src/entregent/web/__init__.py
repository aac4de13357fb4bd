"""The staff's pages, one room per subject. A view finds, does, shows; no rule lives here."""

"""The staff's pages, one room per subject. Views look up, call an action and render; the actions hold the rules."""

"""In and out: importing, exporting and synchronising, all through the actions."""

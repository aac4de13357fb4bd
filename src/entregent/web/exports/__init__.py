"""Downloads of what is selected."""

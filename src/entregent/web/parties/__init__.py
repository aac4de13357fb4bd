"""The pages and forms of one contact or organisation: its values, positions and history."""

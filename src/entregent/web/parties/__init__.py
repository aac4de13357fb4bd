"""One contact or organisation: its page, its forms, its positions, its history."""

"""Pure Python. No model, no Django, no domain word."""

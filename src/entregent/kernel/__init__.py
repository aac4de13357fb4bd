"""Floor 0: pure Python. No model, no Django, no domain word."""

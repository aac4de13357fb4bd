"""Pure Python helpers for text, names, dates, addresses and processes. No models, no Django, no domain terms."""

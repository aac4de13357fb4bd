"""Pure Python helpers for text, names, dates and addresses. No models, no Django, no domain terms."""

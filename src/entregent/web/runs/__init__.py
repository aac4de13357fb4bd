"""Long runs: preview, progress, result, stop, resume, undo, forget. Imports and syncs bring their own parts."""

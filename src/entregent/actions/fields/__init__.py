"""Custom fields as an account defines them (C6)."""

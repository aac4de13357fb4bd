"""The only code that changes records. An action checks the permission, validates, writes, and tells the journal."""

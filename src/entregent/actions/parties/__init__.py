"""Adding and changing contacts and organisations."""

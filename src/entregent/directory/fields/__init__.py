"""The fields that accounts define for their records: definitions, values, filters."""

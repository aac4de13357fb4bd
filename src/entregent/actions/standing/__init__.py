"""Where the account stands with a contact: status, assignment, refusal of mailings, active or not."""

"""The account's relation to a contact: status, assignment, refusal of mailings, active or not."""

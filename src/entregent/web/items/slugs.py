"""The lists as addresses call them."""

SLUGS = {
    "categories": "categories",
    "functions": "fonctions",
    "skills": "competences",
    "families": "familles",
    "statuses": "statuts",
    "tags": "balises",
}
"""Code of a list → its word in addresses."""
CODES = {slug: code for code, slug in SLUGS.items()}

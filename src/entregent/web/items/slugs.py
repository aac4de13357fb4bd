"""The names of reference lists in addresses."""

SLUGS = {
    "categories": "categories",
    "functions": "fonctions",
    "skills": "competences",
    "families": "familles",
    "statuses": "statuts",
    "tags": "balises",
}
"""Code of a reference list → its slug in addresses."""
CODES = {slug: code for code, slug in SLUGS.items()}

"""«Importer»: file, columns, preview, result."""

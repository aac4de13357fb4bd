"""Convert vCards to cards (`reading.read(path)`) and back (`writing`).

The register of fields maps properties to fields; the syntax is in `formats.contentline`.
"""

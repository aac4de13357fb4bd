"""vCards ↔ cards of the directory: `reading.read(path)` one way, `writing` the other.

Which property holds which field is said by the register of fields; the syntax is in `formats.contentline`.
"""

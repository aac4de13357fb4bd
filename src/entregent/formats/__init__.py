"""Pure codecs: a file on disk ↔ rows of cells, or cards as plain dicts. No Django, no model, no translation.

`sniff.recognise(path)` tells what a file is, `table.read(path, format)` reads any tabular file,
`vcard.read(path)` reads cards; `csv_out`, `xlsx_out` and `vcard_out` go the other way.
What can't be read raises `errors.Unreadable`; what is wrong in one row or card is an `errors.Problem`.
"""

"""Pure codecs: a file on disk ↔ rows of cells, or the lines of vCards. No Django, no model, no translation.

`sniff.recognise(path)` tells what a file is, `table.read(path, format)` reads any tabular file,
`contentline` takes vCards apart; `csv_out` and `xlsx_out` write tables.
What can't be read raises `errors.Unreadable`; what is wrong in one row or card is an `errors.Problem`.
"""

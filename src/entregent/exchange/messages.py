"""Error sentences and remarks about files, rows and cells."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import Problem

UNREADABLE: dict[str, Promise] = {
    "empty": _("This file is empty."),
    "no_rows": _("This file has no row below its headers."),
    "binary": _("This is neither a table nor address cards. Give a CSV, XLSX, ODS or VCF file."),
    "image": _("This is a picture. Give a CSV, XLSX, ODS or VCF file."),
    "pdf": _("This is a PDF. Open the original table and save it as XLSX or CSV."),
    "archive": _("This is an archive. Unpack it and give the file inside."),
    "not_a_table": _("This is a text document. Copy its table into a spreadsheet and save it as XLSX or CSV."),
    "html": _("This is a web page, even if its name says otherwise. Open it in a spreadsheet and save it as XLSX."),
    "xml": _("This is an XML file. Open it in a spreadsheet and save it as XLSX or CSV."),
    "json": _("This is a JSON file. Convert it to CSV first."),
    "old_xls": _("This is an old Excel file (.xls). Open it and save it as XLSX or CSV."),
    "xlsb": _("This is a binary Excel file (.xlsb). Open it and save it as XLSX or CSV."),
    "encrypted": _("This file is protected by a password. Save it without a password and try again."),
    "broken": _("This file is damaged: it can't be opened. Save it again and retry."),
    "zip_bomb": _("This file would unpack to an unreasonable size, so it was not opened."),
    "spreadsheet_too_big": _("This spreadsheet holds more than %(limit)s MB. Save it as CSV, which has no limit."),
    "too_heavy": _(
        "This file takes too much time or memory to read. Delete what is not needed (empty rows and columns, "
        "images), or save it as CSV, and try again."
    ),
    "no_sheet": _("This file has no sheet named “%(sheet)s”."),
    "utf16_without_bom": _("This text is in UTF-16 without a mark that says so. Save it as CSV in UTF-8."),
    "encoding": _("This text is not in the encoding that was chosen (%(encoding)s). Choose another one."),
    "broken_quote": _(
        "Line %(line)s has a quotation mark that is never closed, or one too many. Fix that line: "
        "what follows can't be read."
    ),
    "sync_vcard": _("Address cards have no identifiers to compare by. Give a CSV, XLSX or ODS file."),
    "sync_twice": _("This file contains the same identifier twice (%(codes)s): fix it first."),
    "line_too_long": _("Line %(line)s is too long to be a row of a table."),
}

ROW_FAILED = "row_failed"
PROBLEMS: dict[str, Promise] = {
    "too_many_cells": _(
        "This row has more cells than there are columns: one of them must contain a stray separator."
    ),
    "broken_quote": _(
        "This row has a quotation mark that is never closed, or one too many: the row can't be read, the others are."
    ),
    "cells_beyond": _("Cells beyond the 500th column were left out."),
    "number_destroyed": _(
        "A number that a spreadsheet shortened (6,40E+08) was left out and noted: its last digits are lost."
    ),
    "other_bytes": _("A row has signs in another encoding than the rest of the file: check its accents."),
    "vcard_not_ended": _("This card has no end (END:VCARD)."),
    "vcard_nobody": _("This card has no name, e-mail or phone."),
    "vcard_line": _("A line of the card can't be read and was left out."),
    "cell_of_json": _("A cell that holds data of a program (JSON) was added to the notes, unread."),
    "placeholder": _("A placeholder (“unknown”, “n/a”…) was left out."),
    "site_as_email": _("A website in place of an e-mail was added to the notes."),
    "name_split": _("First and last names in one cell were split."),
    "moved_to_notes": _("Text that the field can't hold was added to the notes."),
    "function_without_organisation": _("A function without an organisation was added to the notes."),
    "birth_year_unknown": _("A birthday without a year is kept with the card, but not as the date of birth."),
    "shared_mailbox": _("An address that someone else has was kept as a shared address."),
    "address_of_organisation": _("The address of a role, which someone else has, was given to the organisation."),
    "email_kept": _("%(name)s has this address already and keeps it: it was added to the notes here."),
    "email_kept_bin": _(
        "%(name)s, who is in the bin, has this address already and keeps it: it was added to the notes here."
    ),
    "email_of_role": _("Someone else has this address, and the organisation can't be given it: it is in the notes."),
    "notes_cut": _("These notes are too long: the first %(limit)s characters are kept."),
    "compare_organisations": _("%(one)s was kept apart from %(other)s, which has the same name. Are they one?"),
    "resembles_hidden": _(
        "A record similar to an existing one that you can't see was added. Ask an administrator of the account."
    ),
    "to_complete": _("A contact came in without a first or last name, to complete."),
    "organisation_only": _("A row that names nobody gave only its organisation."),
    ROW_FAILED: _("The program failed on this row and left it out. Tell your administrator: the log says why."),
    "sync_no_code": _("This row has no identifier."),
    "sync_two_records": _("%(count)s records of the directory have this identifier."),
    "sync_organisation": _("No organisation of the directory matches this. Import the organisations first."),
    "sync_meanwhile": _("The record was changed after the file was compared: it was left as it is."),
    "sync_since": _("The record was changed since: it was left as it is."),
    "refusal_read": _("A refusal of mailings was read."),
    "refusal_of_holder": _("The refusal was noted on another record that has the address, too."),
    "refusal_unsure": _("A word that is not known was read as a refusal of mailings, as its column is about them."),
    "refusal_unread": _("Words that sound like a refusal of mailings are in a column that is not read for that."),
    "photo_ignored": _("A photo was left out: records can't have one yet."),
}

ODDITIES: dict[str, Promise] = {
    "formulas": _(
        "%(count)s formulas of this sheet were never calculated, so their cells are empty here. Open the file in a "
        "spreadsheet, save it and try again."
    ),
    "errors": _("%(count)s cells of this sheet hold an error (such as #N/A): they are read as empty."),
    "two_rows": _("The headings stand in %(count)s rows: they were joined where one alone says too little."),
    "merged": _("%(count)s groups of merged cells: the value is read in each of their rows."),
}
"""What is said of a whole sheet, by the codes of ``formats.oddities``."""


def kept(target: str, code: str, **params: Any) -> dict[str, Any]:
    """Return a problem of a row as ``Reject.problems`` holds it."""
    return {"target": target, "code": code, "params": params}


def all_kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return the problems that the directory found in a row, as ``Reject.problems`` holds them."""
    return [kept(problem.field, problem.code, **problem.params) for problem in problems]


def unreadable_text(code: str, params: Mapping[str, Any]) -> str:
    """Return why a file can't be read, for the code and params of an `Unreadable`."""
    return str(UNREADABLE[code]) % dict(params)

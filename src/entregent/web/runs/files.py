"""The pages of a run that starts with a file: the upload, the columns, the earlier runs."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.accounts.request import Request
from entregent.exchange import intake, questions, reporting
from entregent.exchange.custom_columns import label_of
from entregent.exchange.file_use import PROBLEM, REFUSALS, FileUse
from entregent.exchange.messages import unreadable_text
from entregent.exchange.source import SourceFile

from .pages import Pages, State, Words

F = TypeVar("F", bound=SourceFile)
STEPS = {State.READING: 1, State.DRAFT: 2, State.CHECKING: 3, State.CHECKED: 3}
DRAFTS, EARLIER = 5, 20
TOGETHER = 50
"""Columns that are shown at once; the others are folded."""
WORDS: Words = {State.STOPPED: gettext_lazy("stopped"), State.UNDONE: gettext_lazy("undone")}
TONES = {State.DONE: "act", State.FAILED: "off"}
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso-8859-15", "ISO 8859-15 (Latin 9)"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "MS-DOS (850)"),
    ("utf-16", "UTF-16"),
]
DELIMITERS = [
    (";", gettext_lazy("Semicolon")),
    (",", gettext_lazy("Comma")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Vertical bar")),
]


class FileForm(forms.Form):
    """Which file. A form of its own adds what is in it (``kind``), which names of files it takes, and says so."""

    accept: str
    help_text: str | Promise
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={"empty": gettext_lazy("This file is empty."), "required": gettext_lazy("Choose a file.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.UPLOAD_MAX_BYTES
        self.fields["file"].help_text = str(self.help_text)
        self.fields["file"].widget.attrs |= {
            "accept": self.accept,
            "data-max-bytes": limit,
            "data-too-large": gettext_lazy(
                "This file is over %(limit)s MB. Cut it in several, or use the command line."
            )
            % {"limit": limit // 1024**2},
        }


class ReadingForm(forms.Form):
    """How to read a text file, where the guess was wrong."""

    encoding = forms.ChoiceField(label=gettext_lazy("Character encoding"), choices=ENCODINGS, required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Separator"), choices=DELIMITERS, required=False)
    has_header = forms.BooleanField(label=gettext_lazy("The first row names the columns"), required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("Row of the headings"), min_value=1, max_value=1000, required=False,
        help_text=gettext_lazy("Rows above it are left out."),
    )  # fmt: skip
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)

    def __init__(self, *args, sheets: list[str], text: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if text:
            del self.fields["sheet"]
        else:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
            if len(sheets) < 2:
                del self.fields["sheet"]


class FilePages(Pages[F]):
    """The pages of a use whose rows are those of a file."""

    use: FileUse[F]
    steps = [gettext_lazy("File"), gettext_lazy("Columns"), gettext_lazy("Preview"), gettext_lazy("Result")]
    start_template: ClassVar[str] = "web/runs/start.html"
    start_heading: str | Promise
    start_hint: str | Promise
    earlier_heading: str | Promise
    icon: ClassVar[str] = "file-import"
    options: ClassVar[str]
    """The template with the other options of the columns' page."""
    check_hint: str | Promise
    check: str | Promise
    missing: Promise
    """The sentence that names missing columns (``fields``)."""
    words: Words
    """State → how this use says it in the list of earlier runs."""
    forgotten = gettext_lazy("The file is forgotten. Nothing was written.")

    def form(self, request: Request) -> forms.Form:
        """Return the form of the upload."""
        raise NotImplementedError

    def receive(self, request: Request, form: forms.Form) -> F:
        """Keep the uploaded file as a draft. Raises ``Unreadable``, ``Invalid``."""
        file = form.cleaned_data["file"]
        return self.use.keep(request.by, file, file.name, form.cleaned_data["kind"])

    def constants(self, request: Request, run: F) -> dict[str, str]:
        """Return target → value for every row, from the columns' page."""
        return {}

    def choices(self, request: Request, run: F) -> dict[str, Any]:
        """Return further arguments of ``intake.map_columns``, from the columns' page: how values are read."""
        asked = request.POST
        return {
            "repair_zeros": "repair_zeros" in asked,
            "date_order": asked.get("date_order", run.date_order),
            "tidy_names": "tidy_names" in asked,
        }

    def settled(self, request: Request) -> dict[str, Any]:
        """Return database columns of the run to save with the check, from the columns' page."""
        return {}

    def targets(self, request: Request, run: F) -> Sequence[Any]:
        """Return what a column may become, each with ``code`` and ``label``."""
        raise NotImplementedError

    def label(self, run: F, code: str) -> str:
        """Return the name of a target."""
        return label_of(run.account, code)

    def step(self, run: F) -> int:
        refused = run.state == State.FAILED and run.entry_id is None  # before anything was written
        return 2 if refused else STEPS.get(State(run.state), len(self.steps))

    def reopens(self, run: F) -> bool:
        return bool(run.headers)  # a file that could not be read has no columns

    def earlier(self, request: Request) -> list[dict[str, Any]]:
        """Return the latest runs that one may open, drafts first."""
        every = self.use.runs(request.by)
        found = [*every.filter(state=State.DRAFT)[:DRAFTS], *every.exclude(state=State.DRAFT)[:EARLIER]]
        return [
            {
                "run": run,
                "url": self.address(request.by, "page", run.pk),
                "tone": TONES.get(State(run.state), "wait"),
                "word": self.word(run),
            }
            for run in found
        ]

    def word(self, run: F) -> str:
        """Return the state of a run, for the list of earlier runs."""
        if run.state == State.FAILED and run.entry_id:
            return _("interrupted")
        return str(self.words.get(State(run.state)) or WORDS.get(State(run.state)) or _("in progress"))

    def shown(self, request: Request, run: F) -> dict[str, Any]:
        reading = self._reading(request, run) if run.state in (State.DRAFT, State.CHECKED) else None
        if run.state == State.DRAFT:
            return {"reading": reading} | self._columns(request, run)
        return {"reading": reading} | self.reported(request, run)

    def reported(self, request: Request, run: F) -> dict[str, Any]:
        """Return the context of the preview and the report."""
        return super().shown(request, run)

    def _columns(self, request: Request, run: F) -> dict[str, Any]:
        rows = intake.sample(run)
        doubtful = questions.doubtful(run, rows)
        cards = run.read_as.kind == "vcard"  # whose properties are read as what they are
        options = _Options(() if cards else self.targets(request, run))
        columns: list[dict[str, Any]] = [
            {
                "index": index,
                "header": header or _("Column %(number)s") % {"number": index + 1},
                "options": options[run.mapping[index]],
                "samples": [row[index] for row in rows if index < len(row) and row[index].strip()][:3],
                "doubtful": index in doubtful,
                "asked": self.asked(run, str(index)),
            }
            for index, header in enumerate(run.headers)
        ]
        named = [column for header, column in zip(run.headers, columns, strict=True) if header or column["samples"]]
        of_cards = [one | {"samples": [one["asked"]["sounds"]]} for one in columns if one["asked"]]
        shown = of_cards if cards else named
        return {
            "drafted": True,
            "columns": shown,
            "pages_of_columns": _folded(shown),
            "blank_columns": len(columns) - len(named),
            "asked_of_file": self.asked(run, "file"),
            "doubts": questions.doubts(run, rows),
            "remarks": reporting.about_file(run),
            "misread": unreadable_text(**run.seen[PROBLEM]) if PROBLEM in run.seen else "",
        }

    def asked(self, run: F, key: str) -> dict[str, str] | None:
        """Return the question about refusals of mailings in a column ("file": in all of it), if there is one."""
        return None

    def unsaid(self, run: F, names: Sequence[str]) -> str:
        """Return the sentence about what is still to be filled in: names as from ``use.missing``."""
        fields = [self.label(run, name) for name in names if not name.startswith(REFUSALS)]
        asked = [name.removeprefix(REFUSALS) for name in names if name.startswith(REFUSALS)]
        about = [run.name if key == "file" else run.headers[int(key)] or f"{int(key) + 1}" for key in asked]
        said = [str(self.missing) % {"fields": ", ".join(fields)}] if fields else []
        if about:
            said.append(
                _("Say whether this is about refusals of mailings: %(columns)s.") % {"columns": ", ".join(about)}
            )
        return " ".join(said)

    def _reading(self, request: Request, run: F) -> ReadingForm | None:
        """Return the form that changes how the file is read; None for vCards, which have no such choice."""
        format = run.read_as
        if format.kind == "vcard":
            return None
        text = format.kind == "csv"
        sheets = run.seen.get("sheets", [])
        initial = {
            "encoding": "utf-8" if format.encoding.startswith("utf-8") else format.encoding,
            "delimiter": format.delimiter,
            "has_header": format.has_header,
            "header_row": format.preamble + 1,
            "sheet": format.sheet or (sheets[0] if sheets else ""),
        }
        return ReadingForm(request.POST or None, initial=initial, sheets=sheets, text=text)


def _folded(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns by so many as are shown at once; what asks something is open."""
    pages = [columns[start : start + TOGETHER] for start in range(0, len(columns), TOGETHER)]
    return [{"columns": page, "open": any(one["asked"] or one["doubtful"] for one in page)} for page in pages]


class _Options(dict[str, SafeString]):
    """The options of a column's choice, by the one that is chosen: drawn once, however many columns there are."""

    def __init__(self, targets: Sequence[Any]) -> None:
        super().__init__()
        self.targets = [(target.code, str(target.label)) for target in targets]

    def __missing__(self, chosen: str) -> SafeString:
        rows = ((code, mark_safe(" selected") if code == chosen else "", label) for code, label in self.targets)
        self[chosen] = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return self[chosen]

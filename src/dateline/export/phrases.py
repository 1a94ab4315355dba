"""How the parts of a chronicle are put in words, the same in every format."""

from __future__ import annotations

from dateline.edtf import in_words
from dateline.records import Commitment, Dispute, Entry, FigureRow, StatementRow

_AT_LEAST = ("at least", "no less", "no fewer", "not less", "not fewer", "minimum", "or more")
_AT_MOST = ("up to", "at most", "no more", "not more", "maximum", "or less", "or fewer")
_MARKS = '“”" '
_LONGEST = 220  # characters of a statement in a list, and of
_SIDE = 140  # one side of a dispute: the pins lead to the rest


def heading(entry: Entry, reported: str | None) -> str:
    """Date, status where it is not simply happened, place: ``2021-12-07 · planned · Stockholm``.

    ``reported`` is the day of the first report, told where the date itself is not known.
    """
    told = [in_words(entry.date) if entry.date else (f"undated, reported {reported}" if reported else "undated")]
    if entry.status != "happened":
        told.append(entry.status)
    if entry.background:
        told.append("background")
    if entry.place:
        told.append(entry.place.name)
    return " · ".join(told)


def corroboration(entry: Entry) -> str:
    """Who is behind an entry: ``7 reports, 2 origins (Reuters; own: Kyiv Post)``."""
    reports, origins = len(entry.reports), len(entry.origins)
    named = "; ".join("unknown" if origin.startswith("unknown: ") else origin for origin in entry.origins)
    return f"{reports} report{'s' * (reports != 1)}, {origins} origin{'s' * (origins != 1)} ({named})"


def outcome_line(commitment: Commitment) -> str:
    """What was announced by whom, and what became of it."""
    by = f" by {', '.join(commitment.by)}" if commitment.by else ""
    due = f", due {in_words(commitment.due)}" if commitment.due else ""
    condition = f", {commitment.condition}" if commitment.condition else ""
    outcome = "no report of it found in this archive" if commitment.outcome == "no report" else commitment.outcome
    return f"{commitment.kind}{by}{due}{condition}: {outcome}"


def figure_line(figure: FigureRow) -> str:
    """A figure in the report's words, with what it counts and on whose word.

    For example ``more than 13,000 people killed (as of 2014/..), according to the UN``.
    """
    as_of = f" (as of {in_words(figure.as_of)})" if figure.as_of else ""
    claimant = f", according to {figure.claimant}" if figure.claimant else ", no claimant named"
    unit = "" if _says_unit(figure) else f" {figure.unit}"
    return f"{figure.pin.text}{unit} {figure.of}".strip() + as_of + claimant


def _says_unit(figure: FigureRow) -> bool:
    """Whether a figure's own words tell its unit: ``lives`` tells ``life``, ``men`` tells ``man``."""
    begin = figure.unit.split(" ")[-1][:2].lower()
    return figure.unit == "-" or any(word[:2].lower() == begin for word in f"{figure.pin.text} {figure.of}".split())


def amount(figure: FigureRow) -> str:
    """A figure's value in short: ``≥9``, ``≈5,000``, ``200–250``; its words where it has no number ("dozens").

    Its unit stands behind it where the words do not tell it.
    """
    if figure.value is None:
        return figure.pin.text
    ends = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    unit = "" if _says_unit(figure) else f" {figure.unit}"
    return f"{bound_sign(figure)}{'–'.join(f'{end:,.10g}' for end in ends)}{unit}"


def bound_sign(figure: FigureRow) -> str:
    """Whether a value is a least, a most or about right, as its words say: ``≥``, ``>``, ``≤``, ``<``, ``≈`` or nothing."""
    words = figure.pin.text.lower()
    match figure.bound:
        case "over":
            return "≥" if any(word in words for word in _AT_LEAST) else ">"
        case "under":
            return "≤" if any(word in words for word in _AT_MOST) else "<"
        case "about":
            return "≈"
    return ""


def dispute_line(dispute: Dispute) -> str:
    """The sides of a dispute, each in a few of its words."""
    return "disputed: " + " / ".join(f"{side.by or 'unnamed'}: {_short(side.text, _SIDE)}" for side in dispute.sides)


def said_line(statement: StatementRow) -> str:
    """A statement with its speaker: ``Blinken: “…”``, marked where it is a denial, a question or a refusal."""
    kind = " (denial)" * statement.denial + " (question)" * statement.question + " (refusal)" * statement.refusal
    words = _short(statement.text, _LONGEST)
    marked = f"“{words.strip(_MARKS)}”" if statement.mode == "direct" else words
    return f"{statement.speaker or 'unnamed'}{kind}: {marked}"


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"

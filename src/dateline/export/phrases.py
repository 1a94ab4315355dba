"""How the parts of a chronicle are put in words, the same in every format."""

from __future__ import annotations

from dateline.records import Commitment, Entry, FigureRow, StatementRow

_BOUND = {"exact": "", "about": "about ", "over": "over ", "under": "under "}
_MARKS = "“”\" "
_LONGEST = 220  # characters of a statement in a list: the pin leads to the rest


def heading(entry: Entry, reported: str | None) -> str:
    """Date, status where it is not simply happened, place: ``2021-12-07 · planned · Stockholm``.

    ``reported`` is the day of the first report, told where the date itself is not known.
    """
    told = [entry.date or (f"undated, reported {reported}" if reported else "undated")]
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
    named = "; ".join(entry.origins)
    return f"{reports} report{'s' * (reports != 1)}, {origins} origin{'s' * (origins != 1)} ({named})"


def outcome_line(commitment: Commitment) -> str:
    """What was announced by whom, and what became of it."""
    by = f" by {', '.join(commitment.by)}" if commitment.by else ""
    due = f", due {commitment.due}" if commitment.due else ""
    condition = f", {commitment.condition}" if commitment.condition else ""
    outcome = "no report of it found in this archive" if commitment.outcome == "no report" else commitment.outcome
    return f"{commitment.kind}{by}{due}{condition}: {outcome}"


def figure_line(figure: FigureRow) -> str:
    """A figure with what it counts and on whose word: ``over 13,000 people killed (as of 2014/), according to the UN``."""
    as_of = f" (as of {figure.as_of})" if figure.as_of else ""
    claimant = f", according to {figure.claimant}" if figure.claimant else ", no claimant named"
    return f"{amount(figure)} {figure.of}{as_of}{claimant}".replace("  ", " ")


def amount(figure: FigureRow) -> str:
    """A figure's value with its bound; the words themselves where it has no number ("dozens")."""
    if figure.value is None:
        return figure.pin.text
    ends = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    number = "–".join(f"{end:,.10g}" for end in ends)
    unit = "" if figure.unit == "-" or figure.unit in figure.of.lower() else f" {figure.unit}"
    return f"{_BOUND[figure.bound]}{number}{unit}"


def said_line(statement: StatementRow) -> str:
    """A statement with its speaker: ``Blinken: “…”``, marked where it is a denial, a question or a refusal."""
    kind = " (denial)" * statement.denial + " (question)" * statement.question + " (refusal)" * statement.refusal
    words = statement.text if len(statement.text) <= _LONGEST else statement.text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    marked = f"“{words.strip(_MARKS)}”" if statement.mode == "direct" else words
    return f"{statement.speaker or 'unnamed'}{kind}: {marked}"

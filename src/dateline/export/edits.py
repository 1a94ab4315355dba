"""What changed between the versions of reports, as text: ``[-words that went-] {+words that came+}``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.archive.edits import Change, Edited, Exchange, Wording

_WORDS = 40  # of a longer stretch only the first and last ones are shown


def edits(found: Iterable[Edited]) -> Iterator[str]:
    """The lines of some reports' changes, a blank one between two reports."""
    for number, report in enumerate(found):
        if number:
            yield ""
        yield f"{report.title or 'untitled'} · {(report.published or 'undated')[:10]} · {report.id}"
        wordings = {wording.id: (place, wording) for place, wording in enumerate(report.versions, 1)}
        for step in report.steps:
            yield f"  {_named(*wordings[step.from_])}"
            yield f"  → {_named(*wordings[step.to])}"
            if not step.changes:
                yield "    nothing but side matter or the order of paragraphs"
            for change in step.changes:
                yield from _lines(change)


def _named(place: int, wording: Wording) -> str:
    more = f" and {len(wording.sources) - 1} more" if len(wording.sources) > 1 else ""
    source = f", {wording.sources[0]}{more}" if wording.sources else ""
    return f"version {place} ({f'captured {wording.captured[:16]}' if wording.captured else 'time unknown'}{source})"


def _lines(change: Change) -> Iterator[str]:
    gone = f"[-{_short(change.old.text)}-]" if change.old else ""
    come = f"{{+{_short(change.new.text)}+}}" if change.new else ""
    around = (change.before, gone, come, change.after)
    yield f"    {change.kind}: {' '.join(words for words in around if words)}"
    for name, exchanges in (("figure", change.figures), ("quotation", change.quotations)):
        for exchange in exchanges:
            yield f"      {name} {_exchange(exchange)}"


def _exchange(exchange: Exchange) -> str:
    if exchange.old is None:
        return f"added: {_short(exchange.new or '')}"
    if exchange.new is None:
        return f"removed: {_short(exchange.old)}"
    return f"changed: {_short(exchange.old)} → {_short(exchange.new)}"


def _short(words: str) -> str:
    pieces = words.split()
    if len(pieces) <= _WORDS:
        return " ".join(pieces)
    half = _WORDS // 2
    return " ".join([*pieces[:half], "…", *pieces[-half:]])

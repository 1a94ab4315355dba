"""Statements and figures of all Readings as rows of the archive, with the speakers' and claimants' archive-wide names."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.counts import counter, counting_words
from dateline.link.sentences import clip
from dateline.read.claimants import disowned, innermost
from dateline.records import Figure, FigureRow, Pin, Span, Statement, StatementRow, Telling, content_id


def statement_rows(tellings: Sequence[Telling], cast: Cast) -> list[StatementRow]:
    """One row a statement and report, in reading order. A statement without words of content has none."""
    rows = []
    for telling in tellings:
        ids = [statement_id(telling, statement) for statement in telling.reading.statements]
        for id_, statement in zip(ids, telling.reading.statements, strict=True):
            if not statement.content:
                continue
            report = telling.report
            speaker, speaker_id = _who(telling, statement, cast)
            rows.append(
                StatementRow(
                    id=id_,
                    speaker=speaker,
                    speaker_id=speaker_id,
                    text=clip(_words(telling, statement.content)),
                    mode=statement.mode,
                    denial=statement.denial,
                    question=statement.question,
                    refusal=statement.refusal,
                    addressee=cast.name_of(report, statement.addressee),
                    date=statement.date or (telling.published or "")[:10] or None,
                    report=report,
                    pin=_pin(telling, statement.content[0]),
                    pins=[_pin(telling, span) for span in statement.content],
                    insertions=[span.text for span in statement.insertions],
                    parent=_parent(telling, statement, ids),
                )
            )
    return rows


def figure_rows(tellings: Sequence[Telling], cast: Cast) -> list[FigureRow]:
    """One row a figure and report, in reading order."""
    rows = []
    for telling in tellings:
        for figure in telling.reading.figures:
            claimant, claimant_id = _claimant(telling, figure, cast)
            rows.append(
                FigureRow(
                    id=content_id("n", telling.report, telling.version, figure.start, figure.end),
                    of=_of(figure),
                    value=figure.value,
                    bound=figure.bound,
                    trend=figure.trend,
                    unit=figure.unit,
                    as_of=figure.as_of,
                    claimant=claimant,
                    claimant_id=claimant_id,
                    date=(telling.published or "")[:10] or None,
                    report=telling.report,
                    pin=_pin(telling, figure),
                )
            )
    return rows


def _claimant(telling: Telling, figure: Figure, cast: Cast) -> tuple[str | None, str | None]:
    """Whose word a figure is, by name and id: as read, else who counts by the words around it; in a heading nobody's."""
    report = telling.report
    if figure.claimant is not None:
        return cast.name_of(report, figure.claimant), cast.id_of(report, figure.claimant)
    if any(p.kind in ("heading", "side_title") and p.start <= figure.start < p.end for p in telling.parts):
        return None, None
    statement = innermost(telling.reading.statements, figure.start, figure.end)
    if statement is not None and statement.speaker is None and not disowned(statement, figure.start):
        return _who(telling, statement, cast)
    if (local := counter(telling, figure.start, figure.end)) is not None:
        return cast.name_of(report, local), cast.id_of(report, local)
    words = counting_words(telling, figure.start, figure.end)
    if words is None or names.nobody(words):
        return None, None
    id_ = cast.called(words)
    return (cast.named(id_) if id_ else words), id_


def _words(telling: Telling, content: Sequence[Span]) -> str:
    """The stretches of a content, " … " between two that other words of the text part."""
    words, last = "", None
    for span in content:
        parted = last is not None and any(c.isalnum() for c in telling.text[last.end : span.start])
        words += (" … " if parted else " " if words else "") + span.text
        last = span
    return words


def _who(telling: Telling, statement: Statement, cast: Cast) -> tuple[str | None, str | None]:
    """A statement's speaker by name and id: as read, else the actor that goes by the source's words, else those words."""
    id_ = cast.id_of(telling.report, statement.speaker)
    if id_ is None and statement.source is not None:
        id_ = cast.called(statement.source.text)
    if id_ is not None:
        return cast.named(id_), id_
    words = cast.name_of(telling.report, statement.speaker) or (statement.source.text if statement.source else None)
    return (None if words is None or names.nobody(words) else words), None


def statement_id(telling: Telling, statement: Statement) -> str:
    """The id of a statement's row: its report's version and the places of its source, cue and content."""
    spans = [statement.source, statement.cue, *statement.content]
    return content_id(
        "s", telling.report, telling.version, *(f"{span.start}-{span.end}" if span else None for span in spans)
    )


def _parent(telling: Telling, statement: Statement, ids: Sequence[str]) -> str | None:
    """The row that a statement stands in: the nearest around it that has a row."""
    seen = set()
    at = statement.parent
    while at is not None and at not in seen and 0 <= at < len(ids):
        if telling.reading.statements[at].content:
            return ids[at]
        seen.add(at)
        at = telling.reading.statements[at].parent
    return None


def _of(figure: Figure) -> str:
    if figure.of is not None:
        return figure.of.text
    return figure.unit if figure.unit != "-" else figure.text


def _pin(telling: Telling, span: Span) -> Pin:
    return Pin(report=telling.report, version=telling.version, start=span.start, end=span.end, text=span.text)

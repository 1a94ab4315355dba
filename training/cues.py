"""How often a word in a frame attributes: ``src/dateline/data/cues.json``, counted on annotated news.

    python -m training.cues DATA

DATA is the folder with ``train.jsonl.gz``, whose rows have ``text`` and ``statements`` with ``source``, ``cue`` and
``content`` spans. Only lemmas and shares are kept, no words of the texts.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from dateline.capture.layout import layout
from dateline.read.cues import candidates
from dateline.read.document import Document
from dateline.read.quotes import Quotation, quotations

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data" / "cues.json"
TARGET_SHARE = 0.5  # of the tokens of candidate and annotation together
SMOOTHING = 2.0  # how many unseen cases of the frame's own share stand beside a lemma's counts
LEAST = 2  # cases below which a lemma in a frame is not judged
KEPT = 0.1  # smallest share worth shipping

# What reporting verbs mean does not hang on how often campaign news of one year used them: those that dictionaries give as
# reporting verbs and diplomats' and soldiers' news is full of attribute at least so often in these frames.
KNOWN_SHARE = 0.6
KNOWN = {
    "clause": """reaffirm reiterate assure caution disclose clarify deny allege contend maintain stress specify inform notify
        testify vow swear signal recount emphasize underscore confirm announce declare state assert insist claim reveal
        report admit concede acknowledge warn threaten pledge promise predict estimate complain protest argue
        explain remark observe comment mention reply respond answer retort counter advise urge demand propose suggest
        recommend request order hope fear believe suspect doubt conclude calculate forecast tweet write post
        broadcast relay recall repeat add say tell agree;point out;make clear""",
    "passive:clause": "say report announce believe expect estimate allege claim understand confirm rumor fear hope",
    "object": """deny condemn reaffirm reiterate pledge confirm announce denounce reject refute welcome hail criticize
        express voice propose demand urge acknowledge stress promise emphasize underscore declare praise deplore decry
        rebuke dismiss disclose reveal allege;rule out;play down;lay out;spell out;point out""",
    "predicate": "call label brand term dub describe",
    "ing": "deny admit propose suggest recommend",
    "object+of": "accuse assure warn inform remind notify suspect",
    "object+for": "blame criticize condemn praise thank",
    "object+to": "urge ask tell order advise warn call implore beg press command instruct encourage invite request",
    "object+against": "warn",
    "against": "warn protest advise",
    "on+to": "call",
    "upon+to": "call",
    "for+to": "call appeal",
    "to+to": "appeal",
    "for": "call appeal apologize",
    "to": "threaten pledge vow promise refuse decline offer agree",
    "noun:clause": """claim allegation assertion warning statement announcement report admission confirmation suggestion
        accusation denial assurance insistence prediction complaint declaration remark pledge promise""",
    "direct": """reaffirm reiterate assure caution insist declare announce warn state stress continue go reply respond
        answer retort counter argue note observe remark comment conclude explain recall shout whisper cry joke quip
        write tweet post read claim complain add say tell ask;go on;lash out;hit back;cry out;call out;point out;shoot back""",
}

Key = tuple[str, str]
Counts = tuple[Counter[Key], Counter[Key]]


def documents(path: Path) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    """The parsed texts with their annotated statements."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Document.of(row["text"], layout(row["text"])), row["statements"]


def count(pairs: Iterable[tuple[Document, list[dict[str, Any]]]]) -> Counts:
    """How often each lemma stood in each frame, and how often it attributed there."""
    seen: Counter[Key] = Counter()
    hits: Counter[Key] = Counter()
    for document, statements in pairs:
        doc = document.doc
        gold = [(_tokens(doc, s["cue"]), _words(doc, _tokens(doc, s["content"]))) for s in statements]
        for sentence in document.sentences:
            for candidate in candidates(sentence):
                content = _words(doc, {i for a, b in candidate.content for i in range(a, b + 1)})
                key = (candidate.frame, candidate.lemma)
                seen[key] += 1
                hits[key] += any(candidate.head.i in cue and _alike(content, words) for cue, words in gold)
        for quotation in quotations(document.text, document.parts):
            for verb in _beside(doc, quotation):
                key = ("direct", verb.lemma_.lower())
                seen[key] += 1
                inside = (
                    {t.i for t in doc if quotation.holds(t.idx)} if quotation.end - quotation.start < 2000 else set()
                )
                hits[key] += any(verb.i in cue and len(words & inside) > 2 for cue, words in gold)
    return seen, hits


def table(seen: Counter[Key], hits: Counter[Key]) -> dict[str, dict[str, float]]:
    """The smoothed shares, by frame and lemma, strongest first."""
    shares: dict[str, dict[str, float]] = {}
    for frame in sorted({frame for frame, _ in seen}):
        rows = {lemma: n for (f, lemma), n in seen.items() if f == frame}
        prior = sum(hits[frame, lemma] for lemma in rows) / sum(rows.values())
        smooth = {
            lemma: round((hits[frame, lemma] + SMOOTHING * prior) / (n + SMOOTHING), 2)
            for lemma, n in rows.items()
            if n >= LEAST and hits[frame, lemma] and lemma.replace(" ", "").isalpha()
        }
        kept = {lemma: share for lemma, share in sorted(smooth.items(), key=lambda x: (-x[1], x[0])) if share >= KEPT}
        shares[frame] = kept
    for frame, lemmas in KNOWN.items():
        rows_of = shares.setdefault(frame, {})
        for lemma in _listed(lemmas):
            rows_of[lemma] = max(KNOWN_SHARE, rows_of.get(lemma, 0.0))
    return {frame: dict(sorted(rows.items(), key=lambda x: (-x[1], x[0]))) for frame, rows in shares.items() if rows}


def _listed(lemmas: str) -> list[str]:
    """The lemmas of a list: words apart by white space, then those of two words behind semicolons."""
    single, *phrases = lemmas.split(";")
    return [*single.split(), *phrases]


def _tokens(doc: Doc, spans: list[list[int]]) -> set[int]:
    return {t.i for a, b in spans for t in doc.char_span(a, b, alignment_mode="expand") or []}


def _words(doc: Doc, tokens: set[int]) -> set[int]:
    return {i for i in tokens if not doc[i].is_punct and not doc[i].is_space}


def _alike(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= TARGET_SHARE * len(one | other) > 0


def _beside(doc: Doc, quotation: Quotation) -> Iterator[Token]:
    """The first verb after a quotation and the last one before it, within its sentence."""
    if quotation.inner_end - quotation.inner_start < 12:
        return
    after = [t for t in doc if quotation.end <= t.idx < quotation.end + 200]
    before = [t for t in doc if quotation.start - 200 <= t.idx < quotation.start]
    for run in (after, before[::-1]):
        for token in run:
            if "\n" in token.text or token.text in (".", "?", "!", "“", "”", '"'):
                break
            if token.pos_ == "VERB":
                yield token
                break


def main(data: Path) -> None:
    """Count on the train part and write the table."""
    shares = table(*count(documents(data / "train.jsonl.gz")))
    lines = [f"{json.dumps(frame)}: {json.dumps(rows, ensure_ascii=False)}" for frame, rows in shares.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

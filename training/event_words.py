"""The model of event words: ``src/dateline/data/event_words.npz``, from the fully annotated sentences of ECB+ train.

python -m training.event_words DATA

DATA is the folder with ECB+'s ``train.jsonl.gz``. No text is kept: features are lemmas, endings and places in the parse that occur
at least three times.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from dateline.read.document import parse
from dateline.read.event_words import candidates, features
from dateline.records import Part
from training.linear import fit


def main(data: Path) -> None:
    """Make the shipped file."""
    rows, labels = [], []
    with gzip.open(data / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            covered = set(row["covered_sentences"])
            inside = [(start, end) for sentence, _, start, end in row["tokens"] if sentence in covered]
            events = [(event["start"], event["end"]) for event in row["events"] if event["covered"]]
            text = row["text"]
            for token in candidates(parse(text, [Part(start=0, end=len(text), kind="body")])):
                if any(start <= token.idx < end for start, end in inside):
                    rows.append(dict(features(token)))
                    labels.append("event" if any(start <= token.idx < end for start, end in events) else "other")
    fit(rows, labels, strength=0.5, least=3).save("event_words")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

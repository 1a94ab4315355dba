"""The trained reading model to the two files that ship: the encoder with its heads in int8, and what relates cues to tokens."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.read.model_input import AFTER, BEFORE, INNER, VECTOR
from training.reading_net import HEADS, LAYERS, PAIR, ROLES, Reader

Array = npt.NDArray[np.float32]
_OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]


class _Graph:
    """A graph being written: nodes in order, weights by name."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, npt.NDArray[np.generic]] = {}
        self.count = 0

    def weight(self, value: npt.NDArray[np.generic], name: str | None = None) -> str:
        name = name or f"w{len(self.weights)}"
        self.weights[name] = value if value.ndim == 0 else np.ascontiguousarray(value)
        return name

    def op(self, kind: str, *inputs: str, out: str | None = None, domain: str = "", **attributes: object) -> str:
        self.count += 1
        out = out or f"t{self.count}"
        self.nodes.append(
            helper.make_node(kind, list(inputs), [out], domain=domain, name=f"n{self.count}", **attributes)
        )
        return out

    def linear(self, x: str, weight: Array, bias: Array | None, out: str | None = None) -> str:
        """What ``torch.nn.Linear`` does; its weight has shape (out, in)."""
        if bias is None:
            return self.op("MatMul", x, self.weight(weight.T), out=out)
        return self.op("Add", self.op("MatMul", x, self.weight(weight.T)), self.weight(bias), out=out)

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        weights = [numpy_helper.from_array(value, key) for key, value in self.weights.items()]
        graph = helper.make_graph(self.nodes, name, inputs, outputs, weights)
        return helper.make_model(graph, opset_imports=_OPSET, ir_version=9, producer_name="dateline")


def _floats(name: str, *shape: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def _ints(name: str, *shape: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, list(shape))


def export(net: Reader, encoder: Path, pairs: Path) -> None:
    """Write both files."""
    whole = encoder.with_suffix(".float.onnx")
    onnx.save(_encoder(net), whole)
    # The vectors' projection stays exact: its input has outliers, and it is small.
    quantize_dynamic(
        whole, encoder, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Attention"],
        nodes_to_exclude=["vectors"], extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    whole.unlink()
    onnx.save(_pairs(net), pairs)


def vocabulary(base: Path, pieces: Path) -> None:
    """Write the vocabulary of the base encoder's tokenizer, one piece a line in the order of their numbers."""
    known: dict[str, int] = json.loads(base.read_text("utf-8"))["model"]["vocab"]
    pieces.write_text("".join(f"{piece}\n" for piece in sorted(known, key=known.__getitem__)), encoding="utf-8")


def _encoder(net: Reader) -> onnx.ModelProto:
    state = {k: v.detach().float().numpy() for k, v in net.state_dict().items()}
    g = _Graph()
    words = state["encoder.words.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / 127
    small = g.weight(np.round(words / scale).astype(np.int8))
    rough = g.op("Cast", g.op("Gather", small, "pieces"), to=TensorProto.FLOAT)
    x = g.op("Mul", rough, g.op("Gather", g.weight(scale.astype(np.float32)), "pieces"))
    length = g.op("Shape", "pieces")
    places = g.weight(state["encoder.places.weight"][: INNER + BEFORE + AFTER + 2])
    zero, one = (g.weight(np.array([n], dtype=np.int64)) for n in (0, 1))
    x = g.op("Add", x, g.op("Slice", places, zero, length, zero))
    shown = g.op("Slice", "rows", zero, g.weight(np.array([3], dtype=np.int64)), one)
    x = g.op("Add", x, _features(g, shown, state, "encoder.features."))
    x = _norm(g, x, state, "encoder.norm")
    x = g.op("Unsqueeze", x, zero)
    for n in range(LAYERS):
        at = f"encoder.layers.{n}."
        q, k, v = (g.op("MatMul", x, g.weight(w.T)) for w in np.split(state[at + "qkv.weight"], 3))
        seen = g.op(
            "MultiHeadAttention", q, k, v, g.weight(state[at + "qkv.bias"]), domain="com.microsoft", num_heads=HEADS
        )
        y = g.op("MatMul", seen, g.weight(state[at + "joined.weight"].T))
        x = _joined(g, y, x, state, at + "norm", at + "joined.bias")
        y = g.op("MatMul", x, g.weight(state[at + "wide.weight"].T))
        y = g.op("BiasGelu", y, g.weight(state[at + "wide.bias"]), domain="com.microsoft")
        y = g.op("MatMul", y, g.weight(state[at + "narrow.weight"].T))
        x = _joined(g, y, x, state, at + "last", at + "narrow.bias")
    x = g.op("Gather", g.op("Squeeze", x, zero), "firsts")
    of_token = g.op("Gather", "rows", "firsts")
    parsed = g.op(
        "Slice", of_token, g.weight(np.array([3], dtype=np.int64)), g.weight(np.array([6], dtype=np.int64)), one
    )
    x = g.op("Add", x, _features(g, parsed, state, "parsed."))
    told = g.op("MatMul", g.op("Gather", "vectors", "firsts"), g.weight(state["vector.weight"].T))
    g.nodes[-1].name = "vectors"
    x = _norm(g, g.op("Add", x, told), state, "together", 1e-5)
    y = g.op("MatMul", x, g.weight(state["cue.0.weight"].T))
    y = g.op("BiasGelu", y, g.weight(state["cue.0.bias"]), domain="com.microsoft")
    g.linear(y, state["cue.2.weight"], state["cue.2.bias"], out="cues")
    for head in ("of_cue", "of_token"):
        g.linear(x, state[f"{head}.weight"], state[f"{head}.bias"], out=head)
    return g.model(
        "reader",
        [_ints("pieces", "p"), _ints("rows", "p", 6), _floats("vectors", "p", VECTOR), _ints("firsts", "t")],
        [
            _floats("cues", "t", 1),
            _floats("of_cue", "t", 2 * PAIR),
            _floats("of_token", "t", 2 * PAIR),
        ],
    )


def _features(g: _Graph, rows: str, state: dict[str, Array], at: str) -> str:
    """The sum of the embeddings of some columns of features."""
    tables = [k for k in state if k.startswith(at)]
    starts = np.concatenate([[0], np.cumsum([len(state[k]) for k in tables])[:-1]]).astype(np.int64)
    found = g.op("Gather", g.weight(np.concatenate([state[k] for k in tables])), g.op("Add", rows, g.weight(starts)))
    return g.op("ReduceSum", found, g.weight(np.array([1], dtype=np.int64)), keepdims=0)


def _norm(g: _Graph, x: str, state: dict[str, Array], at: str, epsilon: float = 1e-12) -> str:
    weights = g.weight(state[at + ".weight"]), g.weight(state[at + ".bias"])
    return g.op("LayerNormalization", x, *weights, axis=-1, epsilon=epsilon)


def _joined(g: _Graph, y: str, x: str, state: dict[str, Array], norm: str, bias: str) -> str:
    return _norm(g, g.op("Sum", y, g.weight(state[bias]), x), state, norm)


def _pairs(net: Reader) -> onnx.ModelProto:
    state = {
        k.removeprefix("pairs."): v.detach().float().numpy()
        for k, v in net.state_dict().items()
        if k.startswith("pairs.")
    }
    g = _Graph()
    one, two = (g.weight(np.array([n], dtype=np.int64)) for n in (1, 2))
    zero, width, twice = (g.weight(np.array([n], dtype=np.int64)) for n in (0, PAIR, 2 * PAIR))
    cues = g.op("Unsqueeze", "of_cue", one)  # (cues, 1, 2 · pair)
    tokens = g.op("Unsqueeze", "of_token", zero)

    def half(x: str, first: bool) -> str:
        return g.op("Slice", x, *((zero, width) if first else (width, twice)), two)

    added = g.op("Add", half(cues, True), half(tokens, True))
    x = g.op("Add", added, g.op("Mul", half(cues, False), half(tokens, False)))
    for n, name in enumerate(("distance", "way", "quoted")):
        numbers = g.op("Gather", "relations", g.weight(np.array(n, dtype=np.int64)), axis=1)
        x = g.op("Add", x, g.op("Gather", g.weight(state[name + ".weight"]), numbers))
    x = g.op("Gelu", _norm(g, x, state, "norm", 1e-5), domain="com.microsoft")
    for conv, norm, apart in (("first", "between", 1), ("second", "after", 2)):
        y = g.op("Transpose", x, perm=[0, 2, 1])
        y = g.op(
            "Conv", y, g.weight(state[conv + ".weight"]), g.weight(state[conv + ".bias"]), kernel_shape=[5],
            pads=[2 * apart] * 2, dilations=[apart],
        )  # fmt: skip
        y = _norm(g, g.op("Transpose", y, perm=[0, 2, 1]), state, norm, 1e-5)
        x = g.op("Add", x, g.op("Gelu", y, domain="com.microsoft"))
    y = g.linear(x, state["out.weight"], state["out.bias"])
    g.op("LogSoftmax", y, axis=-1, out="roles")
    return g.model(
        "pairs",
        [_floats("of_cue", "c", 2 * PAIR), _floats("of_token", "t", 2 * PAIR), _ints("relations", "c", 3, "t")],
        [_floats("roles", "c", "t", ROLES)],
    )

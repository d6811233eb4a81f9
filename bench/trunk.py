#!/usr/bin/env python3
"""Times the trunk against onnxruntime running the same model in int8: the same windows, one thread each, in turns.

    cmake --build build --target dateline trunk_encode
    PYTHON bench/trunk.py [--texts F.jsonl] [--reports 40] [--rounds 5]

PYTHON needs numpy, onnx, onnxruntime, onnxscript, sympy, tokenizers, torch and transformers, which nothing else of the
benchmarks does. PyTorch writes components/trunk as ONNX, onnxruntime's optimizer for transformers fuses attention, layer
normalisation and gelu, and weights are made int8 by dynamic quantization (MatMul and Attention). Windows go one at a time:
a report is read as it comes. What trains the trunk cuts them here (training/trunk/pieces.py); both sides' counts of pieces
must be the same. Seconds are of processor time, so that what else runs counts little.

A line each for the engine's best instruction set and for those it is held to, as the machine has them. onnxruntime always
takes the best it knows: it has no switch for that.
"""
# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

import texts as made_up
from engine import BINARY, ROOT, machine

sys.path[:0] = [str(ROOT / "training/trunk"), str(ROOT / "tests/language")]
from make_trunk_cases import model_of, vocabulary_of  # noqa: E402
from pieces import Pieces, windows  # noqa: E402

TRUNK = ROOT / "components/trunk"
ENCODE = ROOT / "build/trunk_encode"
HELD_TO = ["AVX3", "AVX2"]  # What trunk_encode calls AVX-512 without VNNI, and AVX2.


def tokens_of(reports):
    """Each report's tokens and sentences, as the engine cuts them."""
    command = [BINARY, "read", "--from", "jsonl", "--until", "language", "--tokens", "-"]
    lines = "".join(json.dumps(report) + "\n" for report in reports)
    output = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    for report, record in zip(reports, map(json.loads, output.splitlines()), strict=True):
        starts = [t["span"][0] for t in record["tokens"]]
        lengths = [sum(begin <= start < end for start in starts) for begin, end in record["sentences"]]
        yield {"tokens": [record["text"][slice(*t["span"])] for t in record["tokens"]], "sentences": lengths}


def onnx_model(folder):
    """The trunk as an int8 ONNX model."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    model = model_of(TRUNK)
    plain, fused, quantized = (str(folder / f"{name}.onnx") for name in ("plain", "fused", "quantized"))

    class Vectors(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask):
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    example = torch.randint(1000, 2000, (1, 100))
    axes = {"input_ids": {0: "b", 1: "n"}, "attention_mask": {0: "b", 1: "n"}}
    torch.onnx.export(Vectors().eval(), (example, torch.ones_like(example)), plain, input_names=list(axes),
                      output_names=["vectors"], dynamic_axes=axes, opset_version=17, dynamo=False)
    config = model.config
    better = optimizer.optimize_model(plain, "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size)
    print("fused:", {name: n for name, n in better.get_fused_operator_statistics().items() if n}, file=sys.stderr)
    better.save_model_to_file(fused)
    # The fused operators have no shape inference of ONNX's: what goes through them is float.
    quantize_dynamic(fused, quantized, op_types_to_quantize=["MatMul", "Attention"], weight_type=QuantType.QInt8,
                     extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
    return quantized


class Theirs:
    def __init__(self, model, inputs):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        names = [i.name for i in self.session.get_inputs()]
        self.inputs = []
        for numbers in inputs:
            row = numpy.array([numbers], dtype=numpy.int64)
            self.inputs.append({"input_ids": row, "attention_mask": numpy.ones_like(row)})
            self.inputs[-1] = {name: self.inputs[-1][name] for name in names}
        self.name = f"onnxruntime {onnxruntime.__version__}, int8"

    def __call__(self):
        begin = time.process_time()
        for given in self.inputs:
            self.session.run(None, given)
        return time.process_time() - begin


class Ours:
    def __init__(self, documents, *target):
        self.command, self.documents = [ENCODE, TRUNK, *target], documents
        self.pieces = self.run()["pieces"]
        self.name = f"Dateline, {self.run()['target']}"

    def run(self):
        done = subprocess.run(self.command, input=self.documents, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        return json.loads(done.stderr)

    def __call__(self):
        return self.run()["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=pathlib.Path, help='reports to read, {"id", "text"} lines (default: made-up ones)')
    parser.add_argument("--reports", type=int, default=40, help="how many (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="of all runs in turn (default %(default)s)")
    options = parser.parse_args()
    if options.texts:
        with open(options.texts, encoding="utf-8") as file:
            reports = [{"id": d["id"], "text": d["text"]} for d in map(json.loads, file)][:options.reports]
    else:
        reports = list(made_up.reports(1, options.reports, 24))
    documents = list(tokens_of(reports))
    pieces = Pieces(vocabulary_of(TRUNK))
    inputs = []
    for document in documents:
        ends = numpy.cumsum(document["sentences"]).tolist()
        inputs += [numbers for numbers, _ in windows(document["tokens"], list(zip([0, *ends], ends)), pieces)]
    lines = "".join(json.dumps(document) + "\n" for document in documents).encode()
    with tempfile.TemporaryDirectory() as folder:
        theirs = Theirs(onnx_model(pathlib.Path(folder)), inputs)
    ours = [Ours(lines), *(Ours(lines, target) for target in HELD_TO)]
    count = sum(map(len, inputs))
    if any(run.pieces != count for run in ours):
        sys.exit(f"bench: {count} pieces here, {ours[0].pieces} in the engine's windows; nothing was timed")

    runs = {run.name: run for run in [theirs, *ours]}
    seconds = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            seconds[name].append(run())
    print(f"Machine: {machine()}. {len(reports)} reports, {len(inputs)} windows, {count:,} word pieces. One thread; "
          f"medians of {options.rounds} runs in turns, ratios within each turn.\n")
    print("| | word pieces/s | least to most | against onnxruntime |\n|---|---:|---:|---:|")
    for name, times in seconds.items():
        speeds = sorted(count / t for t in times)
        ratio = statistics.median(b / t for b, t in zip(seconds[theirs.name], times))
        print(f"| {name} | {statistics.median(speeds):,.0f} | {speeds[0]:,.0f} to {speeds[-1]:,.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()

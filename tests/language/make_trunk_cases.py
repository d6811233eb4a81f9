"""Fills in what is expected of word pieces, windows and trunks, as Hugging Face's libraries say it.

    python tests/language/make_trunk_cases.py components/trunk

Needs torch, transformers and tokenizers. Run it again where the trunk in components/ is another. Texts are of the
project's own writing.

word_pieces.jsonl: "pieces" of a "text", with the vocabulary of the trunk.
trunk/: a trunk of two layers of 32 numbers, made by chance.
windows.jsonl: documents of "tokens" and "sentences" (tokens in each), cut for that trunk: "pieces" of each token, "windows"
as [first token of the context, first token of the content, its end], and "vectors", each token's first numbers.
trunk_correction.safetensors: a correction of its second layer, made by chance; corrected_vectors.jsonl: the vectors of a report with it.
trunk_vectors.jsonl: the same vectors for the trunk of components/, of whole sentences.

Vectors are those of fp32 PyTorch with the trunk's own weights, made floats again.
"""
# SPDX-License-Identifier: Apache-2.0

import json
import pathlib
import sys

import numpy
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "training/trunk"))
from export import as_floats, export, quantize, read_safetensors, write_safetensors  # noqa: E402

CONTENT_PIECES = 192
CONTEXT_PIECES = 64
SHOWN = 8  # Numbers kept of each vector.

REPORT = [
    "The harbour police of Castrel said on Monday that 14 containers had been opened overnight .".split(),
    "Nobody was hurt , said Inspector Ilse Okonjo-Brandt , who leads the inquiry .".split(),
    "\n\n \"".split(" "),
    "We do n't know yet whether the cargo left the quay before 3:45 a.m. , \" she added .".split(),
    "Damage is put at $ 2.7 million .".split(),
]


def tokenizer_of(vocabulary):
    pieces = {piece: number for number, piece in enumerate(vocabulary)}
    made = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def vocabulary_of(directory):
    return (directory / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]


def units_of(pieces, sentences):
    """Sentences, or stretches of them, as lists of tokens."""
    begin = 0
    for length in sentences:
        unit, size = [], 0
        for token in range(begin, begin + length):
            if size + len(pieces[token]) > CONTENT_PIECES:
                yield unit
                unit, size = [], 0
            unit.append(token)
            size += len(pieces[token])
        yield unit
        begin += length


def windows_of(pieces, sentences):
    """[first token of the context, first of the content, end] for each window."""
    contents, size = [], 0
    for unit in units_of(pieces, sentences):
        more = sum(len(pieces[token]) for token in unit)
        if contents and size + more <= CONTENT_PIECES:
            contents[-1] += unit
            size += more
        else:
            contents.append(list(unit))
            size = more
    for content in contents:
        context = content[0]
        room = CONTEXT_PIECES
        while context > 0 and len(pieces[context - 1]) <= room:
            context -= 1
            room -= len(pieces[context])
        yield [context, content[0], content[-1] + 1]


def model_of(directory, correction=None):
    """The PyTorch model with a trunk's weights, and what a correction adds to them."""
    packed, metadata = read_safetensors(directory / "model.safetensors")
    weights = as_floats(packed)
    if correction and correction.exists():
        correct(weights, as_floats(read_safetensors(correction)[0]))
    state = {name: torch.from_numpy(numpy.array(values)) for name, values in weights.items()}
    layers = sum(name.endswith("intermediate.dense.weight") for name in state)
    positions, width = state["embeddings.position_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=len(state["embeddings.word_embeddings.weight"]), hidden_size=width, num_hidden_layers=layers,
        num_attention_heads=int(metadata["heads"]), type_vocab_size=1, max_position_embeddings=positions,
        intermediate_size=len(state["encoder.layer.0.intermediate.dense.weight"]), attn_implementation="eager")
    state["embeddings.token_type_embeddings.weight"] = torch.zeros(1, width)
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(state)
    return model


def correct(weights, correction):
    """Adds the product of a correction's factors to the weights, and makes them the numbers that bytes stand for."""
    for name, values in correction.items():
        if name.endswith(".up.weight"):
            whole = name.removesuffix("up.weight") + "weight"
            bytes_, scale = quantize(weights[whole] + values @ correction[name.removesuffix("up.weight") + "down.weight"])
            weights[whole] = bytes_.astype("f4") * scale[:, None]
        elif not name.endswith(".down.weight"):
            weights[name] = values


def vectors_of(model, vocabulary, pieces, windows):
    rows = []
    for context, begin, end in windows:
        numbers = [vocabulary.index("[CLS]"), *sum(pieces[context:begin], [])]
        places, place = [], 0
        for token in range(begin, end):
            if pieces[token]:
                place = len(numbers)
            places.append(place)
            numbers += pieces[token]
        numbers.append(vocabulary.index("[SEP]"))
        with torch.no_grad():
            rows.append(model(input_ids=torch.tensor([numbers])).last_hidden_state[0][places])
    return torch.cat(rows)


def fill(case, tokenizer, vocabulary, model):
    pieces = [tokenizer.encode(token).ids[:CONTENT_PIECES] for token in case["tokens"]]
    windows = list(windows_of(pieces, case["sentences"]))
    vectors = vectors_of(model, vocabulary, pieces, windows)[:, :SHOWN]
    return {**case, "pieces": pieces, "windows": windows,
            "vectors": [[round(float(x), 4) for x in row] for row in vectors]}


def write(name, cases):
    (HERE / name).write_text("".join(json.dumps(case, ensure_ascii=True) + "\n" for case in cases), "utf-8")


def small_trunk():
    """A trunk by chance whose layers all matter, with a vocabulary of letters, digits, marks and some words."""
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + list("0123456789")
    words = "the of on in to was said police harbour harb ##our ##ing ##ed ##er port monday 14 ##45 é".split()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *("##" + letter for letter in letters), *",.\"'-:$", *words]
    torch.manual_seed(1)
    model = BertModel(BertConfig(vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
                                 intermediate_size=64, max_position_embeddings=258, initializer_range=0.2))
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    for name in state:
        if name.endswith("bias"):
            state[name] = state[name] + 0.1 * torch.randn(state[name].shape).numpy()
    export(state, 2, vocabulary, HERE / "trunk")


def small_correction(model):
    """One by chance of the small trunk's second layer."""
    kept = {}
    for name, parameter in model.named_parameters():
        if not name.startswith("encoder.layer.1."):
            continue
        if name.endswith("dense.weight") or ".self." in name and name.endswith("weight"):
            rows, columns = parameter.shape
            for part, shape in (("up", (rows, 4)), ("down", (4, columns))):
                factor = f"{name.removesuffix('weight')}{part}"
                kept[f"{factor}.weight"], kept[f"{factor}.scale"] = quantize((0.3 * torch.randn(shape)).numpy())
        else:
            kept[name] = (parameter.detach() + 0.1 * torch.randn(parameter.shape)).numpy().astype("<f2")
    write_safetensors(HERE / "trunk_correction.safetensors", kept, {})


def documents():
    yield "a report", REPORT
    yield "nothing but white space", [["\n", " "], ["\n\n"]]
    yield "white space first, and a soft hyphen alone", [[" ", "Police", "\u00ad", "said"]]
    yield "sentences that fill a window to the last piece, then one more", [["port"] * 96, ["police"] * 96, ["the"]]
    yield "a sentence longer than a window", [["on", "the"], ["harbouring", "ships"] * 60, ["said", "."]]
    yield "a token longer than a window", [["on"], ["-" * 200, "in"], ["-" * 30, "x"], ["zq" * 60]]
    yield "a context that a long token ends", [["a"] * 10 + ["-" * 60] + ["b"] * 190]
    yield "white space within a context", [["said", "\n", "to", " "] * 50, ["\n"], ["the"] * 100]


def main():
    directory = pathlib.Path(sys.argv[1])
    vocabulary = vocabulary_of(directory)
    tokenizer = tokenizer_of(vocabulary)
    cases = [json.loads(line) for line in (HERE / "word_pieces.jsonl").read_text("utf-8").splitlines()]
    write("word_pieces.jsonl", [{**case, "pieces": tokenizer.encode(case["text"]).tokens} for case in cases])

    small_trunk()
    small = vocabulary_of(HERE / "trunk")
    model = model_of(HERE / "trunk")
    write("windows.jsonl", [fill({"why": why, "tokens": sum(sentences, []), "sentences": [len(s) for s in sentences]},
                                 tokenizer_of(small), small, model) for why, sentences in documents()])
    report = {"tokens": sum(REPORT, []), "sentences": [len(s) for s in REPORT]}
    small_correction(model)
    corrected = model_of(HERE / "trunk", HERE / "trunk_correction.safetensors")
    write("corrected_vectors.jsonl", [fill(report, tokenizer_of(small), small, corrected)])
    installed = model_of(directory, directory / "correction.safetensors")
    write("trunk_vectors.jsonl", [fill(report, tokenizer, vocabulary, installed)])


if __name__ == "__main__":
    main()

"""Sums of trees that LightGBM has learned, as tables that src/knowledge/trees.h reads; and the features that a header names."""
# SPDX-License-Identifier: Apache-2.0

COLUMNS = ("tree", "node", "feature", "threshold", "left", "right", "value")


def feature_names(header, array):
    """The names in an array of a header, in order."""
    text = header.read_text()
    begin = text.index("{", text.index(f" {array}"))
    return [part.strip().strip('"') for line in text[begin + 1:text.index("};", begin)].splitlines()
            if not line.strip().startswith("//") for part in line.split(",") if part.strip()]


def write(path, model, names, comments):
    """Node 0 of a tree is its root; a leaf has no feature; at or below the threshold: left. Without a model, a tree that says nothing."""
    lines = [*(f"# {comment}" for comment in comments), "\t".join(COLUMNS)]
    for number, tree in enumerate(model.dump_model()["tree_info"] if model else [{"tree_structure": {"leaf_value": 0}}], 1):
        rows = []

        def add(node):
            at = len(rows)
            rows.append(None)
            if "leaf_value" in node:
                rows[at] = ("", "0", 0, 0, f"{node['leaf_value']:.4g}")
            else:
                left, right = add(node["left_child"]), add(node["right_child"])
                rows[at] = (names[node["split_feature"]], f"{node['threshold']:.6g}", left, right, "0")
            return at

        add(tree["tree_structure"])
        lines += ["\t".join(map(str, (number, at, *row))) for at, row in enumerate(rows)]
    path.write_text("\n".join(lines) + "\n")

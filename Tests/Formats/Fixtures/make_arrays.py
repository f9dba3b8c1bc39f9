"""Writes files.txt and printed.txt: arrays as NumPy 2 and the safetensors package write them, and as NumPy prints them.

    python make_arrays.py FILES PRINTED

Each file stands in a line as hexadecimal digits, and below it each array that it holds: name, shape, and the bits of its
numbers as doubles. Each printed array likewise as text, with ⏎ for a line's end, its numbers as Python reads them.
"""
import io
import json
import re
import struct
import sys

import numpy as np
import safetensors
import safetensors.numpy

rng = np.random.default_rng(7)
out = open(sys.argv[1], "w")


def bits(values):
    return ",".join(struct.pack(">d", float(v)).hex() for v in values) or "-"


def shape(of):
    return ",".join(str(n) for n in of) or "-"


def file(name, content, arrays):
    out.write(f"FILE {name} {content.hex()}\n")
    for key, array in arrays:
        out.write(f"ARRAY {key or '-'} {shape(array.shape)} {bits(np.ravel(array, order='C'))}\n")


def npy(array, version):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version=version)
    return stream.getvalue()


def sample(dtype, of):
    kind = np.dtype(dtype).kind
    count = int(np.prod(of))
    if kind == "f":
        values = rng.normal(size=count) * 10.0 ** rng.integers(-3, 4, size=count)
        special = [np.nan, np.inf, -np.inf, -0.0, np.finfo(dtype).smallest_subnormal, np.finfo(dtype).max]
        values[: min(count, 6)] = special[: min(count, 6)]
    elif kind == "b":
        values = rng.integers(0, 2, size=count)
    else:
        info = np.iinfo(dtype)
        values = rng.integers(max(info.min, -(2**53)), min(info.max, 2**53), size=count, dtype=np.int64)
    return values.astype(dtype).reshape(of)


numpy_types = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]
for version in [(1, 0), (2, 0), (3, 0)]:
    for dtype in numpy_types:
        for order in "<>":
            array = sample(dtype, (2, 4)).astype(np.dtype(dtype).newbyteorder(order))
            for layout in "CF":
                name = f"v{version[0]}-{dtype.replace('?', 'b1')}-{'le' if order == '<' else 'be'}-{layout}.npy"
                file(name, npy(np.asarray(array, order=layout), version), [("", array)])
for of in [(), (0,), (1,), (5,), (1, 3), (3, 1), (0, 3), (3, 0), (1, 1), (2, 3, 2)]:
    array = sample("f4", of)
    file(f"shape-{'x'.join(map(str, of)) or 'single'}.npy", npy(array, (1, 0)), [("", array)])


class Unseekable(io.RawIOBase):
    """What cannot be gone back in, so that the sizes of the parts stand behind them."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


arrays = [("0.weight", sample("f4", (3, 2))), ("0.bias", sample("f4", (3,))), ("wide", np.asfortranarray(sample("f8", (12, 10))))]
for name, save in [("stored", np.savez), ("deflated", np.savez_compressed)]:
    stream = io.BytesIO()
    save(stream, **dict(arrays))
    file(f"{name}.npz", stream.getvalue(), arrays)
    stream = Unseekable()
    save(stream, **dict(arrays))
    file(f"{name}-descriptors.npz", stream.bytes, arrays)
stream = io.BytesIO()
np.savez_compressed(stream, *[a for _, a in arrays])
file("numbered.npz", stream.getvalue(), [(f"arr_{i}", a) for i, (_, a) in enumerate(arrays)])

tensors = {f"t.{dtype.replace('?', 'b1')}": sample(dtype, (3, 4)) for dtype in numpy_types}
tensors |= {"single": sample("f4", ()), "none": sample("f4", (0, 2)), "line": sample("f8", (4,)), "deep": sample("f4", (2, 2, 2))}
file("all.safetensors", safetensors.numpy.save(tensors, metadata={"format": "pt"}), sorted(tensors.items()))
brief = (sample("f4", (2, 3)).view(np.uint32) >> 16).astype(np.uint16)
spec = safetensors.TensorSpec(dtype="bfloat16", shape=[2, 3], data_ptr=brief.ctypes.data, data_len=brief.nbytes)
content = safetensors.serialize({"b": spec})
file("bf16.safetensors", content, [("b", (brief.astype(np.uint32) << 16).view(np.float32))])

named = [("w1", sample("f8", (2, 3))), ("layer.b", sample("f4", (3,)))]
text = json.dumps({"w1": named[0][1].tolist(), "layer": {"b": named[1][1].tolist(), "kind": "dense"}}, indent=1)
file("names.json", text.encode(), named)
file("alone.json", json.dumps(named[0][1].tolist()).encode(), [("", named[0][1])])
for delimiter in " ,;\t":
    table = rng.normal(size=(4, 3))
    stream = io.StringIO()
    np.savetxt(stream, table, delimiter=delimiter, fmt="%.18e")
    file(f"savetxt-{ord(delimiter)}.csv", stream.getvalue().encode(), [("", table)])
out.close()

out = open(sys.argv[2], "w", encoding="utf-8")


def printed(text, of):
    # What a shape or a type says is no number of the array.
    inside = re.sub(r"(dtype|shape|size)=.*", "", re.sub(r"float\d+|int\d+", "", text))
    tokens = re.findall(r"nan|[-+]?inf|[-+]?\d+\.?\d*(?:e[-+]?\d+)?|True|False", inside)
    values = [{"True": 1.0, "False": 0.0}.get(t) if t in ("True", "False") else float(t) for t in tokens]
    assert len(values) == int(np.prod(of)), (text, of)
    out.write(f"TEXT {text.replace(chr(10), chr(0x23ce))}\nARRAY - {shape(of)} {bits(values)}\n")


for dtype in ["f8", "f4", "f2", "i4", "?"]:
    for of in [(), (1,), (3,), (40,), (1, 1), (1, 4), (4, 1), (3, 3), (2, 25)]:
        for form in range(4 if np.dtype(dtype).kind == "f" else 1):
            array = sample(dtype, of)
            if np.dtype(dtype).kind == "f":
                with np.errstate(over="ignore"):
                    array = np.array([
                        rng.normal(size=of), 10.0 ** rng.uniform(-8, 8, size=of),
                        rng.integers(-5, 6, size=of).astype(float), rng.normal(size=of),
                    ][form]).astype(dtype)
                if form == 3 and array.size > 1:
                    array.flat[0], array.flat[1] = np.nan, -np.inf
            texts = [str(array), repr(array), np.array2string(array, separator=", "), str(array.tolist())]
            # A truth value alone is a word like any other.
            for text in texts[1:2] if dtype == "?" and of == () else texts:
                printed(text, of)
    printed(str([np.dtype(dtype).type(1), np.dtype(dtype).type(0)]), (2,))
# Long rows without commas, which NumPy threads over lines of 75 columns.
for of in [(8,), (13,), (40,), (2, 30)]:
    for digits in [1, 3, 8]:
        arrays = [rng.normal(size=of), 10.0 ** rng.uniform(-6, 6, size=of), rng.integers(-(10**digits), 10**digits, size=of)]
        for array in arrays + [arrays[0].round(1), np.arange(int(np.prod(of))).reshape(of) / 2]:
            printed(np.array2string(array, precision=digits), of)
out.close()

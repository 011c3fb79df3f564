#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Copies and products by torch, if it is here and sees a GPU. Prints NAME VALUE UNIT, as the probe does."""
import statistics
import sys

try:
    import torch
except ImportError:
    sys.exit("torch is not here")
if not torch.cuda.is_available():
    sys.exit("torch sees no GPU")


def seconds(batch, operation) -> float:
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    samples = []
    for sample in range(18):
        start.record()
        for _ in range(batch):
            operation()
        end.record()
        end.synchronize()
        if sample >= 9:
            samples.append(start.elapsed_time(end) / 1000 / batch)
    return statistics.median(samples)


SIDE = 8192
a = torch.empty(512 << 20, dtype=torch.uint8, device="cuda")
b = torch.empty_like(a)
print(f"hbm {2 * a.numel() / seconds(16, lambda: b.copy_(a)) / 1e9:.6g} GB/s")
del a, b
for name, dtype, tf32 in (("f16", torch.float16, False), ("bf16", torch.bfloat16, False), ("tf32", torch.float32, True),
                          ("f32", torch.float32, False), ("f64", torch.float64, False)):
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    x, y = (torch.rand(SIDE, SIDE, dtype=dtype, device="cuda") * 2 - 1 for _ in range(2))
    out = torch.empty_like(x)
    batch = 5 if name in ("f64", "f32") else 100
    times = [seconds(batch, lambda: torch.mm(x, other, out=out)) for other in (y, y.t())]
    print(f"gemm.{name} {2 * SIDE**3 / min(times) / 1e12:.6g} TFLOPS", flush=True)

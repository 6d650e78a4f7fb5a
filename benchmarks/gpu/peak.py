"""What a device can do at most: its data sheet's number, and a measured large product."""

import time

import torch

# Dense bf16 TFLOP/s with fp32 sums, from the makers' data sheets. The first name that the device's contains counts.
DATA_SHEETS = [("H200", 989.4), ("H100 PCIe", 756.0), ("H100 NVL", 835.5), ("H100", 989.4), ("B200", 2250.0),
               ("A100", 312.0), ("A10G", 70.0), ("A10", 125.0), ("A40", 149.7), ("A6000", 154.8), ("L40S", 362.0),
               ("L40", 181.0), ("L4", 121.0), ("4090", 165.2), ("3090", 71.0)]


def device_peak(device):
    """(TFLOP/s, whose), or (None, None) for a device that is not in the list."""
    if device != "cuda":
        return None, None
    name = torch.cuda.get_device_name()
    return next(((tflops, name) for part, tflops in DATA_SHEETS if part in name), (None, None))


def matmul_peak(device):
    """Measured TFLOP/s of a square bf16 product: the best of five timings."""
    n, count = (8192, 20) if device == "cuda" else (1024, 5)
    a, b = (torch.randn(n, n, device=device).to(torch.bfloat16) for _ in range(2))
    best = 0.0
    for _ in range(5):
        wait(device)
        start = time.perf_counter()
        for _ in range(count):
            a @ b
        wait(device)
        best = max(best, count * 2.0 * n ** 3 / (time.perf_counter() - start) / 1e12)
    return best


def wait(device):
    if device == "cuda":
        torch.cuda.synchronize()

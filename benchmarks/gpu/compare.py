"""The engine's generated program beside a torch.compile'd PyTorch twin, on the same GPU in the same run.

Needs a Python with torch 2.5 or later and, for `--device cuda`, a GPU; no JVM. Write the programs first, on any machine:

    ./holdfast benchmark program --models 135M,1B          # writes benchmarks/gpu/programs/NAME.{pt,json}
    python3 benchmarks/gpu/compare.py --models 135M,1B

Both sides start from the same weights and see the same tokens; the losses of the first and of the last step must agree,
or the script ends with status 1. Sides run in turn, built afresh each round, timed by CUDA events: the table shows
the median over rounds [min-max] of the median step. The program's result is read after every step, as the engine
reads it; the twin never waits for the device. MFU is 6 x matrix parameters + attention operations (PaLM, appendix B;
causal masking is not discounted) over the device's dense bf16 peak.

    python3 benchmarks/gpu/compare.py --device cpu --models quickstart --batch 2 --context 64   # a trial without a GPU
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "peer"))
from llama import Llama  # noqa: E402
from peak import device_peak, matmul_peak  # noqa: E402
from weights import into_twin, random_weights  # noqa: E402

# bf16 sums in another order: what separate implementations differ by, in nats (`OracleTest` allows 1e-2 for one pass).
FIRST_LOSS_TOLERANCE = 2e-2
LAST_LOSS_TOLERANCE = 5e-2
LEARNING_RATE, BETAS, DECAY, CLIP = 1e-4, (0.9, 0.95), 0.1, 1.0


class Program:
    """The engine's side: TorchScript that Holdfast generated, called as its JVM calls it."""

    name = "Holdfast program"

    def __init__(self, description, path, tensors, device):
        # As the engine does: else the executor rewrites the program after its first run, and its rewritten backward
        # of a linear layer mixes bf16 with fp32 (seen in torch 2.13: it fails).
        torch._C._set_graph_executor_optimize(False)
        self.module = torch.jit.load(path, map_location=device)
        self.p = [t.clone().requires_grad_(True) for t in tensors]
        self.m = [torch.zeros_like(t) for t in tensors]
        self.v = [torch.zeros_like(t) for t in tensors]
        self.values = list(description["step"])
        self.fields = description["step_fields"]
        self.device = device
        for field, value in [("LEARNING_RATE", LEARNING_RATE), ("BETA1", BETAS[0]), ("BETA2", BETAS[1]),
                             ("WEIGHT_DECAY", DECAY), ("CLIP_NORM", CLIP)]:
            self.values[self.fields.index(field)] = value

    def step(self, number, ids, targets):
        self.values[self.fields.index("NUMBER")] = number
        self.values[self.fields.index("TARGETS")] = targets.numel()
        step = torch.tensor(self.values, dtype=torch.float64, device=self.device)
        return self.module.train_step(ids, targets, step, self.p, self.m, self.v).tolist()[0]


class Twin:
    """The peer's side: the same Llama under autocast with fused AdamW."""

    def __init__(self, description, options, tensors, device, compiled):
        self.name = "PyTorch, torch.compile" if compiled else "PyTorch, eager"
        self.device = device
        model = Llama(options).to(device)
        model.tables = tuple(t.to(device) for t in model.tables)
        into_twin(model, description, tensors)
        self.parameters = list(model.parameters())
        matrices = [p for p in self.parameters if p.dim() == 2]
        norms = [p for p in self.parameters if p.dim() != 2]
        self.optimizer = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": DECAY}, {"params": norms, "weight_decay": 0.0}],
            lr=LEARNING_RATE, betas=BETAS, fused=True)
        self.enabled = options.compute == torch.bfloat16

        def loss(ids, targets):
            return F.cross_entropy(model(ids), targets.reshape(-1))

        self.loss = torch.compile(loss) if compiled else loss

    def step(self, number, ids, targets):
        torch.set_grad_enabled(True)  # the program leaves it off
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.enabled):
            loss = self.loss(ids, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.detach()


class Stopwatch:
    """Marks between steps: CUDA events, which do not make the host wait, or the host's clock."""

    def __init__(self, device):
        self.device, self.marks = device, []

    def mark(self):
        if self.device == "cuda":
            event = torch.cuda.Event(enable_timing=True)
            event.record()
            self.marks.append(event)
        else:
            self.marks.append(time.perf_counter())

    def seconds(self):
        if self.device == "cuda":
            torch.cuda.synchronize()
            return [a.elapsed_time(b) / 1e3 for a, b in zip(self.marks, self.marks[1:])]
        return [b - a for a, b in zip(self.marks, self.marks[1:])]


def measure(build, batches, warmup, device):
    """Builds a side and trains on the batches: (its name, seconds of the median step, losses, peak bytes)."""
    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    side, watch, losses = build(), Stopwatch(device), []
    for number, (ids, targets) in enumerate(batches, 1):
        if number > warmup:
            watch.mark()
        losses.append(side.step(number, ids, targets))
    watch.mark()
    seconds = statistics.median(watch.seconds())
    peak = torch.cuda.max_memory_allocated() if device == "cuda" else None
    name, losses = side.name, [float(loss) for loss in losses]
    del side
    gc.collect()
    if device == "cuda":
        torch.cuda.empty_cache()
    return name, seconds, losses, peak


def sides(description, args, options, tensors):
    path = os.path.join(args.programs, description["model"] + ".pt")
    yield "Holdfast program", lambda: Program(description, path, tensors, args.device)
    for kind in args.twins:
        yield kind, lambda kind=kind: Twin(description, options, tensors, args.device, kind == "compile")


def spread(values, number="%.0f"):
    return (number + " [" + number + "-" + number + "]") % (statistics.median(values), min(values), max(values))


def agree(results):
    """Whether every side's losses are the program's."""
    found = True
    reference = results[0][1][0][2]
    for name, rounds in results[1:]:
        first, last = abs(rounds[0][2][0] - reference[0]), abs(rounds[0][2][-1] - reference[-1])
        good = first <= FIRST_LOSS_TOLERANCE and last <= LAST_LOSS_TOLERANCE
        print("losses of %s: first %.4f, last %.4f; the program's %.4f and %.4f: %s"
              % (rounds[0][0], rounds[0][2][0], rounds[0][2][-1], reference[0], reference[-1],
                 "they agree" if good else "THEY DIFFER"))
        found = found and good
    return found


def compare(name, args):
    with open(os.path.join(args.programs, name + ".json")) as file:
        description = json.load(file)
    model = description["architecture"]
    context = min(args.context or description["context"], model["max_sequence_length"])
    options = argparse.Namespace(
        style="tuned",
        layers=model["layers"], hidden=model["hidden_size"], heads=model["heads"], kv_heads=model["kv_heads"],
        ffn=model["intermediate_size"], vocab=model["vocab_size"], context=context, rope_theta=model["rope_theta"],
        untied=not model["tied_embeddings"], attention="fused", residual=args.residual, projections=args.projections,
        compute=torch.bfloat16 if description["precision"].lower() == "bf16" else torch.float32)
    if options.compute == torch.float32:
        options.residual = "fp32"
    tensors = random_weights(description, args.device)
    generator = torch.Generator().manual_seed(7)
    data = [torch.randint(0, options.vocab, (args.batch, context + 1), generator=generator).to(args.device)
            for _ in range(args.warmup + args.steps)]
    batches = [(d[:, :-1].contiguous(), d[:, 1:].contiguous()) for d in data]
    results = [(kind, []) for kind, _ in sides(description, args, options, tensors)]
    for _ in range(args.rounds):
        for (_, rounds), (_, build) in zip(results, sides(description, args, options, tensors)):
            rounds.append(measure(build, batches, args.warmup, args.device))
    report(name, description, context, results, args)
    return agree(results)


def report(name, description, context, results, args):
    tokens = args.batch * context
    # The description's count is for its own context; attention's part grows with the length.
    model = description["architecture"]
    attention = 12.0 * model["layers"] * model["heads"] * model["head_size"]
    flops = description["flops_per_token"] + attention * (context - description["context"])
    peak, whose = (args.peak_tflops, "as given") if args.peak_tflops else device_peak(args.device)
    measured = matmul_peak(args.device)
    print("\n%s, batch %d x %d, torch %s; bf16 peak %s; measured in a large product %.1f TFLOP/s\n"
          % (name, args.batch, context, torch.__version__,
             "%.0f TFLOP/s (%s)" % (peak, whose) if peak else "unknown: give --peak-tflops", measured))
    print("| side | tokens/s | TFLOP/s | MFU | of the measured peak | peak memory, GB | Holdfast / it |")
    print("|---|---|---|---|---|---|---|")
    ours = [r[1] for r in results[0][1]]
    for _, rounds in results:
        rates = [tokens / r[1] for r in rounds]
        tflops = statistics.median(rates) * flops / 1e12
        ratios = [r[1] / our for r, our in zip(rounds, ours)]
        print("| %s | %s | %.2f | %s | %.0f %% | %s | **%s** |" % (
            rounds[0][0], spread(rates), tflops, "%.1f %%" % (100 * tflops / peak) if peak else "",
            100 * tflops / measured, "%.2f" % (max(r[3] for r in rounds) / 1e9) if rounds[0][3] else "",
            spread(ratios, "%.2f")))
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", default=os.path.join(HERE, "programs"))
    parser.add_argument("--models", default="135M,1B", type=lambda s: s.split(","))
    parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])
    parser.add_argument("--batch", type=int, default=8, help="sequences per step")
    parser.add_argument("--context", type=int, default=0, help="tokens per sequence; 0 for the program's own")
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--twins", default="compile", type=lambda s: s.split(","), help="compile, eager, or both")
    parser.add_argument("--residual", choices=["bf16", "fp32"], default="bf16", help="the twin's residual stream")
    parser.add_argument("--projections", choices=["separate", "joint"], default="separate", help="the twin's")
    parser.add_argument("--peak-tflops", type=float, default=0, help="the device's dense bf16 peak, if not known here")
    args = parser.parse_args()
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < (2, 5):
        raise SystemExit("The program's attention needs torch 2.5 or later; this is %s." % torch.__version__)
    if args.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("This torch sees no GPU. Use a machine that has one, or --device cpu for a trial.")
    good = [compare(name, args) for name in args.models]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()

"""Looks for the peer's fastest options on this machine: tries each alternative beside the best so far, keeps winners.

    python3 variants.py --model 5.4M --threads 1

Every measurement is a fresh process of train.py; each alternative and the best so far run in turn, `--rounds` times.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

MODELS = {
    "quickstart": "--layers 4 --hidden 128 --heads 4 --kv-heads 4 --ffn 344 --vocab 2048 --context 128 --batch 8",
    "5.4M": "--layers 6 --hidden 256 --heads 8 --kv-heads 4 --ffn 688 --vocab 4096 --context 256 --batch 8",
    "135M": "--layers 30 --hidden 576 --heads 9 --kv-heads 3 --ffn 1536 --vocab 49152 --context 512 --batch 2",
}
ALTERNATIVES = ["--weights copy", "--projections joint", "--residual fp32", "--optimizer loop", "--optimizer fused",
                "--attention fused", "--micro-batch 1", "--micro-batch 2"]
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "8589934592", "MALLOC_TRIM_THRESHOLD_": "17179869184",
          "MALLOC_TOP_PAD_": "67108864"}

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--model", choices=MODELS, default="5.4M")
parser.add_argument("--precision", default="bf16")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--steps", type=int, default=3)
args = parser.parse_args()
train = os.path.join(os.path.dirname(os.path.abspath(__file__)), "train.py")
environment = dict(os.environ, **MALLOC, OMP_NUM_THREADS=str(args.threads), OPENBLAS_NUM_THREADS=str(args.threads))


def rate(options):
    command = [sys.executable, train, *MODELS[args.model].split(), *options.split(), "--precision", args.precision,
               "--threads", str(args.threads), "--warmup", "2", "--steps", str(args.steps)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no message"])[-1])
    return statistics.median(json.loads(done.stdout)["tokens_per_second"])


best = ""
print("| options | tokens/s | against the best so far |\n|---|---|---|")
for alternative in ALTERNATIVES:
    candidate = (best + " " + alternative).strip()
    try:
        pairs = [(rate(candidate), rate(best)) for _ in range(args.rounds)]
    except RuntimeError as e:
        print("| `%s` | | not here: %s |" % (candidate, e))
        continue
    ratio = statistics.median(a / b for a, b in pairs)
    print("| `%s` | %.0f | %.2f |" % (candidate, statistics.median(a for a, _ in pairs), ratio), flush=True)
    if ratio > 1.01:  # less is noise
        best = candidate
print("\nFastest: `%s`" % (best or "the defaults"))

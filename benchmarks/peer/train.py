"""Training steps of the peer model; prints one JSON line with tokens per second of each timed step.

    python3 train.py --layers 4 --hidden 128 --heads 4 --kv-heads 4 --ffn 344 --vocab 2048 --context 128 \
        --batch 8 --precision bf16 --threads 1 --steps 30

A batch's random tokens are made outside of the timed part; the engine reads its own from a shard inside of it.
"""

import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from llama import Llama, arguments, peak_bytes, prepare

parser = arguments(__doc__)
parser.add_argument("--steps", type=int, default=30)
parser.add_argument("--warmup", type=int, default=5)
parser.add_argument("--weights", choices=["autocast", "copy"], default="autocast",
                    help="bf16 by autocast, or a bf16 copy of the weights that is refreshed after each step")
parser.add_argument("--optimizer", choices=["foreach", "loop", "fused"], default="foreach",
                    help="how AdamW goes over the tensors; fused where this torch has it for CPUs")
parser.add_argument("--micro-batch", type=int, default=0, help="sequences per pass; 0 for the whole batch")
args = parser.parse_args()
prepare(args)
micro_batch = args.micro_batch or args.batch
copies = args.precision == "bf16" and args.weights == "copy"

model = Llama(args)
masters = list(model.parameters())
if copies:
    masters = [p.detach().clone() for p in masters]
    model.to(torch.bfloat16)
parameters = list(model.parameters())
decayed = [m for m in masters if m.dim() == 2]
others = [m for m in masters if m.dim() != 2]
how = {"fused": {"fused": True}, "foreach": {"foreach": True}, "loop": {"foreach": False}}[args.optimizer]
optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
                              lr=1e-4, betas=(0.9, 0.95), **how)
generator = torch.Generator().manual_seed(7)


def step(data):
    total = 0.0
    for part in data.split(micro_batch):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.precision == "bf16" and not copies):
            logits = model(part[:, :-1])
        loss = F.cross_entropy(logits, part[:, 1:].reshape(-1)) * (part.shape[0] / args.batch)
        loss.backward()
        total += loss.item()
    if copies:
        for master, p in zip(masters, parameters):
            master.grad, p.grad = p.grad.float(), None
    nn.utils.clip_grad_norm_(masters, 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    if copies:
        with torch.no_grad():
            for master, p in zip(masters, parameters):
                p.copy_(master)
    return total


rates = []
for number in range(args.warmup + args.steps):
    data = torch.randint(0, args.vocab, (args.batch, args.context + 1), generator=generator)
    start = time.perf_counter()
    loss = step(data)
    if number >= args.warmup:
        rates.append(args.batch * args.context / (time.perf_counter() - start))
print(json.dumps({"peer": "python-torch", "torch": torch.__version__, "precision": args.precision,
                  "threads": args.threads, "parameters": sum(m.numel() for m in masters), "loss": loss,
                  "tokens_per_second": rates, "peak_bytes": peak_bytes()}))

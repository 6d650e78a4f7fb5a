"""Scores held-out windows with the peer model, without gradients; prints one JSON line, as train.py does.

Weights are bf16 altogether where the precision is, as inference usually has them; losses are fp32.
"""

import json
import time

import torch
import torch.nn.functional as F

from llama import Llama, arguments, peak_bytes, prepare

parser = arguments(__doc__)
parser.add_argument("--windows", type=int, default=32, help="windows of one pass, of `context` tokens each")
parser.add_argument("--passes", type=int, default=5, help="timed passes; one more warms up")
args = parser.parse_args()
prepare(args)
args.residual = args.precision
model = Llama(args).to(args.compute).eval()
generator = torch.Generator().manual_seed(7)
data = torch.randint(0, args.vocab, (args.windows, args.context + 1), generator=generator)


@torch.inference_mode()
def window_losses():
    losses = []
    for part in data.split(args.batch):
        nats = F.cross_entropy(model(part[:, :-1]), part[:, 1:].reshape(-1), reduction="none")
        losses.append(nats.view(part.shape[0], -1).sum(1, dtype=torch.float64))
    return torch.cat(losses)


rates = []
for number in range(1 + args.passes):
    start = time.perf_counter()
    loss = window_losses().sum().item() / (args.windows * args.context)
    if number >= 1:
        rates.append(args.windows * args.context / (time.perf_counter() - start))
print(json.dumps({"peer": "python-torch", "torch": torch.__version__, "precision": args.precision,
                  "threads": args.threads, "loss": loss, "tokens_per_second": rates, "peak_bytes": peak_bytes()}))

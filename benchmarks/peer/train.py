"""The benchmark's peer: the same Llama block trained by Python PyTorch, written as its users write it.

Same architecture, batch, optimizer and precision as the Java side; autocast for bf16, foreach AdamW, fused attention
where this torch has it. Prints one JSON line: tokens per second of each timed step.

    python3 train.py --layers 4 --hidden 128 --heads 4 --kv-heads 4 --ffn 344 --vocab 2048 --context 128 \
        --batch 8 --precision bf16 --threads 1 --steps 30
"""

import argparse
import json
import math
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name, default in [("layers", 4), ("hidden", 128), ("heads", 4), ("kv-heads", 4), ("ffn", 344), ("vocab", 2048),
                      ("context", 128), ("batch", 8), ("threads", 1), ("steps", 30), ("warmup", 10)]:
    parser.add_argument("--" + name, type=int, default=default)
parser.add_argument("--precision", choices=["bf16", "fp32"], default="bf16")
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(1)
compute = torch.bfloat16 if args.precision == "bf16" else torch.float32
fused_attention = getattr(F, "scaled_dot_product_attention", None)


class RMSNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        x32 = x.float()
        return (x32 * torch.rsqrt(x32.pow(2).mean(-1, keepdim=True) + 1e-5)).to(x.dtype) * self.weight.to(x.dtype)


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), dim=-1) * sin


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        head = args.hidden // args.heads
        self.head = head
        self.attention_norm, self.mlp_norm = RMSNorm(args.hidden), RMSNorm(args.hidden)
        self.q = nn.Linear(args.hidden, args.heads * head, bias=False)
        self.k = nn.Linear(args.hidden, args.kv_heads * head, bias=False)
        self.v = nn.Linear(args.hidden, args.kv_heads * head, bias=False)
        self.o = nn.Linear(args.heads * head, args.hidden, bias=False)
        self.gate = nn.Linear(args.hidden, args.ffn, bias=False)
        self.up = nn.Linear(args.hidden, args.ffn, bias=False)
        self.down = nn.Linear(args.ffn, args.hidden, bias=False)

    def forward(self, x, cos, sin, mask):
        b, t, _ = x.shape
        h = self.attention_norm(x)
        q = rotate(self.q(h).view(b, t, args.heads, self.head).transpose(1, 2), cos, sin)
        k = rotate(self.k(h).view(b, t, args.kv_heads, self.head).transpose(1, 2), cos, sin)
        v = self.v(h).view(b, t, args.kv_heads, self.head).transpose(1, 2)
        groups = args.heads // args.kv_heads
        if groups > 1:
            k, v = k.repeat_interleave(groups, dim=1), v.repeat_interleave(groups, dim=1)
        if fused_attention:
            a = fused_attention(q, k, v, is_causal=True)
        else:
            scores = q @ k.transpose(-2, -1) / math.sqrt(self.head) + mask.to(q.dtype)
            a = scores.softmax(dim=-1).to(v.dtype) @ v
        x = x + self.o(a.transpose(1, 2).reshape(b, t, -1))
        h = self.mlp_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Llama(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(args.vocab, args.hidden)
        self.blocks = nn.ModuleList(Block() for _ in range(args.layers))
        self.norm = RMSNorm(args.hidden)
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=args.hidden ** -0.5)
        head = args.hidden // args.heads
        angles = torch.outer(torch.arange(args.context).float(), 1e4 ** (-torch.arange(0, head, 2).float() / head))
        angles = torch.cat((angles, angles), dim=-1)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())
        self.register_buffer("mask", torch.full((args.context, args.context), float("-inf")).triu(1))

    def forward(self, tokens, targets):
        x = self.embedding(tokens).to(compute)  # the residual stream in the compute format, as most users have it
        for block in self.blocks:
            x = block(x, self.cos, self.sin, self.mask)
        logits = self.norm(x) @ self.embedding.weight.t()
        return F.cross_entropy(logits.float().view(-1, args.vocab), targets.reshape(-1))


model = Llama()
decayed = [p for p in model.parameters() if p.dim() == 2]
others = [p for p in model.parameters() if p.dim() != 2]
optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
                              lr=1e-4, betas=(0.9, 0.95), foreach=True)
generator = torch.Generator().manual_seed(7)
rates = []
for step in range(args.warmup + args.steps):
    data = torch.randint(0, args.vocab, (args.batch, args.context + 1), generator=generator)
    start = time.perf_counter()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.precision == "bf16"):
        loss = model(data[:, :-1], data[:, 1:])
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    value = loss.item()
    if step >= args.warmup:
        rates.append(args.batch * args.context / (time.perf_counter() - start))
print(json.dumps({"peer": "python-torch", "torch": torch.__version__, "precision": args.precision,
                  "threads": args.threads, "parameters": sum(p.numel() for p in model.parameters()),
                  "final_loss": value, "tokens_per_second": rates}))

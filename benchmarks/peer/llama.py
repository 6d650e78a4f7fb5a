"""The benchmarks' peer model: the engine's Llama in Python PyTorch, in two styles.

`tuned` has every trick of the engine that helps it, and a bf16 residual stream; its remaining choices are options, so that
`variants.py` can look for the fastest honest combination on a machine. `common` is what most people train with: the
operations of the Llama in Hugging Face's transformers (modeling_llama.py, eager attention), one for one, with autocast.
Honest means: norm statistics, the loss and AdamW in fp32, as on the engine's side.

Written for torch 1.13 (Debian's) and later ones; what a later torch has, it uses.
"""

import argparse
import math
import os

import torch
import torch.nn as nn
import torch.nn.functional as F


def arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in [("layers", 4), ("hidden", 128), ("heads", 4), ("kv-heads", 4), ("ffn", 344), ("vocab", 2048),
                          ("context", 128), ("batch", 8), ("threads", 1), ("rope-theta", 10000)]:
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--untied", action="store_true", help="an output matrix of its own")
    parser.add_argument("--precision", choices=["bf16", "fp32"], default="bf16", type=str.lower)
    parser.add_argument("--style", choices=["tuned", "common"], default="tuned", help="see above")
    parser.add_argument("--attention", choices=["plain", "fused"], default=None,
                        help="default: fused from 1,024 tokens on, where this torch has it")
    parser.add_argument("--residual", choices=["bf16", "fp32"], default="bf16", help="format of the residual stream")
    parser.add_argument("--projections", choices=["separate", "joint"], default="separate",
                        help="query, key and value, and gate and up, as one matrix each")
    return parser


def prepare(args):
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    if args.precision == "fp32" or args.style == "common":
        args.residual = "fp32"
    args.compute = torch.bfloat16 if args.precision == "bf16" else torch.float32
    fused = hasattr(F, "scaled_dot_product_attention")
    if args.attention is None:
        args.attention = "fused" if fused and args.context >= 1024 else "plain"
    elif args.attention == "fused" and not fused:
        raise SystemExit("this torch has no fused attention")


def peak_bytes():
    """Largest resident set of this process, from /proc/PID/status."""
    with open("/proc/%d/status" % os.getpid()) as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


class RMSNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x, compute):
        # Statistics in fp32 without a copy of x in fp32: 3 % faster steps than Hugging Face's way of writing it.
        norm = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float32)
        return (x * torch.rsqrt(norm * norm / x.shape[-1] + 1e-5)).to(compute) * self.weight.to(compute)


class CommonRMSNorm(RMSNorm):
    """As transformers has it: everything in fp32, rounded by the product that comes next."""

    def forward(self, x, compute):
        y = x.to(torch.float32)
        y = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + 1e-5)
        return self.weight * y.to(x.dtype)


def common_rotate(x, cos, sin):
    """RoPE on [B, heads, T, h] with the halves swapped and one negated, as transformers has it."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), dim=-1) * sin


def rotate(x, cos, sin):
    """RoPE on [B, T, heads, h]; the table's sine has the first half negated, so nothing is negated here."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat((x[..., half:], x[..., :half]), dim=-1) * sin


class Block(nn.Module):
    def __init__(self, args):
        super().__init__()
        head = args.hidden // args.heads
        self.args, self.head = args, head
        norm = RMSNorm if args.style == "tuned" else CommonRMSNorm
        self.attention_norm, self.mlp_norm = norm(args.hidden), norm(args.hidden)
        queries, keys = args.heads * head, args.kv_heads * head
        if args.projections == "joint":
            self.qkv = nn.Linear(args.hidden, queries + 2 * keys, bias=False)
            self.gate_up = nn.Linear(args.hidden, 2 * args.ffn, bias=False)
        else:
            self.q, self.k, self.v = (nn.Linear(args.hidden, n, bias=False) for n in (queries, keys, keys))
            self.gate, self.up = (nn.Linear(args.hidden, args.ffn, bias=False) for _ in range(2))
        self.o = nn.Linear(queries, args.hidden, bias=False)
        self.down = nn.Linear(args.ffn, args.hidden, bias=False)

    def attention(self, x, tables):
        args, head = self.args, self.head
        b, t, _ = x.shape
        if args.projections == "joint":
            q, k, v = self.qkv(x).split([args.heads * head, args.kv_heads * head, args.kv_heads * head], dim=-1)
        else:
            q, k, v = self.q(x), self.k(x), self.v(x)
        if args.style == "common":
            return self.o(self.common_attention(q, k, v, tables))
        query_cos, query_sin, key_cos, key_sin, future = tables
        q = rotate(q.view(b, t, args.heads, head), query_cos, query_sin)
        k = rotate(k.view(b, t, args.kv_heads, head), key_cos, key_sin)
        v = v.view(b, t, args.kv_heads, head).transpose(1, 2)
        groups = args.heads // args.kv_heads
        if args.attention == "fused":
            k = k.transpose(1, 2)
            if groups > 1:
                k, v = k.repeat_interleave(groups, dim=1), v.repeat_interleave(groups, dim=1)
            a = F.scaled_dot_product_attention(q.transpose(1, 2), k, v, is_causal=True, scale=1.0).transpose(1, 2)
        else:
            # The heads of a group one below the other, so that keys are never repeated.
            q = q.view(b, t, args.kv_heads, groups, head).permute(0, 2, 3, 1, 4).reshape(b, args.kv_heads, groups * t, head)
            scores = (q @ k.permute(0, 2, 3, 1)).view(b, args.kv_heads, groups, t, t)
            # Not in place: the gradient of a change through a view takes five passes over the scores.
            scores = scores + future
            a = scores.softmax(dim=-1).view(b, args.kv_heads, groups * t, t) @ v
            a = a.view(b, args.kv_heads, groups, t, head).permute(0, 3, 1, 2, 4)
        return self.o(a.reshape(b, t, -1))

    def common_attention(self, q, k, v, tables):
        args, head = self.args, self.head
        b, t, _ = q.shape
        cos, sin, future = tables
        q, k, v = (x.view(b, t, -1, head).transpose(1, 2) for x in (q, k, v))
        q, k = common_rotate(q, cos, sin), common_rotate(k, cos, sin)
        groups = args.heads // args.kv_heads
        k, v = (x[:, :, None].expand(b, args.kv_heads, groups, t, head).reshape(b, args.heads, t, head) for x in (k, v))
        if args.attention == "fused":
            a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = torch.matmul(q, k.transpose(2, 3)) * head ** -0.5 + future
            a = torch.matmul(F.softmax(scores, dim=-1, dtype=torch.float32).to(q.dtype), v)
        return a.transpose(1, 2).contiguous().reshape(b, t, -1)

    def mlp(self, x):
        gate, up = self.gate_up(x).chunk(2, dim=-1) if self.args.projections == "joint" else (self.gate(x), self.up(x))
        return self.down(F.silu(gate) * up)

    def forward(self, x, tables):
        x = x + self.attention(self.attention_norm(x, self.args.compute), tables)
        return x + self.mlp(self.mlp_norm(x, self.args.compute))


class Llama(nn.Module):
    def __init__(self, args):
        super().__init__()
        self.args = args
        self.embedding = nn.Embedding(args.vocab, args.hidden)
        self.blocks = nn.ModuleList(Block(args) for _ in range(args.layers))
        self.norm = (RMSNorm if args.style == "tuned" else CommonRMSNorm)(args.hidden)
        self.head = nn.Linear(args.hidden, args.vocab, bias=False) if args.untied else None
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=args.hidden ** -0.5)
        head = args.hidden // args.heads
        angles = torch.outer(torch.arange(args.context).float(),
                             float(args.rope_theta) ** (-torch.arange(0, head, 2).float() / head))
        cos = torch.cat((angles.cos(), angles.cos()), dim=-1).unsqueeze(1)
        sin = torch.cat((-angles.sin(), angles.sin()), dim=-1).unsqueeze(1)
        future = torch.full((args.context, args.context), float("-inf")).triu(1)
        if args.style == "common":
            tables = (cos.squeeze(1), torch.cat((angles.sin(), angles.sin()), dim=-1), future)
            self.tables = tuple(x.to(args.compute) for x in tables)
            return
        # The attention scale is in the queries' table: no pass over the scores.
        scale = 1 / math.sqrt(head)
        self.tables = tuple(x.to(args.compute) for x in (cos * scale, sin * scale, cos, sin, future))

    def forward(self, tokens):
        x = self.embedding(tokens).to(torch.bfloat16 if self.args.residual == "bf16" else torch.float32)
        for block in self.blocks:
            x = block(x, self.tables)
        x = self.norm(x, self.args.compute)
        weight = self.embedding.weight if self.head is None else self.head.weight
        return F.linear(x, weight).float().view(-1, self.args.vocab)

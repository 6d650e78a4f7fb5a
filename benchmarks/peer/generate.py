"""Generates greedily with the peer model and a cache of keys and values; prints one JSON line, as train.py does.

`common` keeps the cache as transformers' DynamicCache does, by concatenation; `tuned` writes into memory that is there.
Weights are bf16 altogether where the precision is. All rows are equally long, so nothing is masked but the future.
"""

import json
import time

import torch
import torch.nn.functional as F

from llama import Llama, arguments, common_rotate, peak_bytes, prepare, rotate

parser = arguments(__doc__)
parser.add_argument("--rows", type=int, default=1, help="prompts at once")
parser.add_argument("--prompt", type=int, default=64, help="tokens of a prompt")
parser.add_argument("--answer", type=int, default=64, help="tokens of an answer")
parser.add_argument("--passes", type=int, default=3, help="timed passes; one more warms up")
parser.add_argument("--clock", choices=["wall", "processor"], default="wall")
args = parser.parse_args()
clock = time.process_time if args.clock == "processor" else time.perf_counter
prepare(args)
args.residual = args.precision
model = Llama(args).to(args.compute).eval()
head, groups = args.hidden // args.heads, args.heads // args.kv_heads
prompts = torch.randint(1, args.vocab, (args.rows, args.prompt), generator=torch.Generator().manual_seed(7))


def common_attention(block, x, cache, start):
    b, t, _ = x.shape
    cos, sin, future = model.tables
    q, k, v = (y.view(b, t, -1, head).transpose(1, 2) for y in (block.q(x), block.k(x), block.v(x)))
    q, k = (common_rotate(y, cos[start:start + t], sin[start:start + t]) for y in (q, k))
    if start > 0:
        k, v = torch.cat((cache[0], k), dim=2), torch.cat((cache[1], v), dim=2)
    cache[:] = [k, v]
    k, v = (y[:, :, None].expand(b, args.kv_heads, groups, start + t, head).reshape(b, args.heads, start + t, head) for y in (k, v))
    scores = torch.matmul(q, k.transpose(2, 3)) * head ** -0.5 + future[start:start + t, :start + t]
    a = torch.matmul(F.softmax(scores, dim=-1, dtype=torch.float32).to(q.dtype), v)
    return block.o(a.transpose(1, 2).contiguous().reshape(b, t, -1))


def tuned_attention(block, x, cache, start):
    b, t, _ = x.shape
    query_cos, query_sin, key_cos, key_sin, future = (table[start:start + t] for table in model.tables)
    q = rotate(block.q(x).view(b, t, args.heads, head), query_cos, query_sin)
    k = rotate(block.k(x).view(b, t, args.kv_heads, head), key_cos, key_sin)
    cache[0][:, :, start:start + t] = k.transpose(1, 2)
    cache[1][:, :, start:start + t] = block.v(x).view(b, t, args.kv_heads, head).transpose(1, 2)
    keys, values = cache[0][:, :, :start + t], cache[1][:, :, :start + t]
    q = q.view(b, t, args.kv_heads, groups, head).permute(0, 2, 3, 1, 4).reshape(b, args.kv_heads, groups * t, head)
    scores = (q @ keys.transpose(2, 3)).view(b, args.kv_heads, groups, t, start + t) + future[:, :start + t]
    a = scores.softmax(dim=-1).view(b, args.kv_heads, groups * t, start + t) @ values
    a = a.view(b, args.kv_heads, groups, t, head).permute(0, 3, 1, 2, 4)
    return block.o(a.reshape(b, t, -1))


attention = common_attention if args.style == "common" else tuned_attention


def following(tokens, caches, start):
    x = model.embedding(tokens).to(torch.bfloat16 if args.residual == "bf16" else torch.float32)
    for block, cache in zip(model.blocks, caches):
        x = x + attention(block, block.attention_norm(x, args.compute), cache, start)
        x = x + block.mlp(block.mlp_norm(x, args.compute))
    x = model.norm(x[:, -1:], args.compute)
    return F.linear(x, model.embedding.weight if model.head is None else model.head.weight).argmax(-1)


@torch.inference_mode()
def generate():
    shape = (args.rows, args.kv_heads, args.prompt + args.answer, head)
    caches = [[torch.zeros(shape, dtype=args.compute) for _ in range(2)] for _ in model.blocks]
    tokens = following(prompts, caches, 0)
    answers = [tokens]
    for number in range(args.answer - 1):
        tokens = following(tokens, caches, args.prompt + number)
        answers.append(tokens)
    return torch.cat(answers, dim=1)


rates = []
for number in range(1 + args.passes):
    begin = clock()
    generate()
    if number >= 1:
        rates.append(args.rows * args.answer / (clock() - begin))
print(json.dumps({"peer": "python-torch", "torch": torch.__version__, "precision": args.precision,
                  "threads": args.threads, "tokens_per_second": rates, "peak_bytes": peak_bytes()}))

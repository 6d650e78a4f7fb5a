"""One set of random weights for both sides, by their Hugging Face names."""

import torch

TWIN_NAMES = {"input_layernorm": "attention_norm", "post_attention_layernorm": "mlp_norm", "self_attn.q_proj": "q",
              "self_attn.k_proj": "k", "self_attn.v_proj": "v", "self_attn.o_proj": "o", "mlp.gate_proj": "gate",
              "mlp.up_proj": "up", "mlp.down_proj": "down"}
JOINT = {"qkv": ("q", "k", "v"), "gate_up": ("gate", "up")}


def random_weights(description, device):
    """fp32 tensors in the order of the program's lists."""
    generator = torch.Generator().manual_seed(1)
    deviation = description["architecture"]["initializer_range"]
    tensors = []
    for i, parameter in enumerate(description["parameters"]):
        if i < description["matrices"]:
            tensors.append((torch.randn(parameter["shape"], generator=generator) * deviation).to(device))
        else:
            tensors.append(torch.ones(parameter["shape"], device=device))
    return tensors


def twin_name(name):
    """The twin's name of a Hugging Face tensor."""
    if name == "model.embed_tokens.weight":
        return "embedding.weight"
    if name == "lm_head.weight":
        return "head.weight"
    if name == "model.norm.weight":
        return "norm.weight"
    _, _, layer, part = name.split(".", 3)
    return "blocks.%s.%s.weight" % (layer, TWIN_NAMES[part[:-len(".weight")]])


def into_twin(model, description, tensors):
    """Copies the weights into the twin; all of its parameters must be among them."""
    given = {twin_name(p["name"]): t for p, t in zip(description["parameters"], tensors)}
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            block, _, rest = name.rpartition(".weight")[0].rpartition(".")
            if rest in JOINT:
                parts = [given.pop("%s.%s.weight" % (block, part)) for part in JOINT[rest]]
                parameter.copy_(torch.cat(parts))
            else:
                parameter.copy_(given.pop(name))
    if given:
        raise ValueError("the twin has no place for " + ", ".join(given))

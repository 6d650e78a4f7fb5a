package io.holdfast.lm.program;

import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.stage.Optimization.Dropout;
import io.holdfast.contracts.stage.Optimization.Precision;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a Llama as TorchScript text. Shapes in its comments: B sequences of T tokens, width d, H
 * query heads in K groups of G, head size h, vocabulary V.
 *
 * <p>Choices that are not the obvious ones:
 *
 * <ul>
 *   <li>Embeddings are looked up in fp32 and the residual stream stays fp32: a frequent token's
 *       gradient is a sum of many small numbers, which bf16 would lose. It costs 2 %.
 *   <li>The attention scale is multiplied into the queries' rotation table: no pass over T² scores.
 *   <li>Query heads that share a key head are stacked along T, so keys are never repeated.
 *   <li>Dropout draws from a generator of its own, seeded by the caller for each call: masks do not
 *       depend on what else uses libtorch in the process, nor on what ran before a resume.
 *   <li>A norm above the limit divides the gradients inside AdamW's kernel, and a norm that is not
 *       finite makes that kernel skip: bad gradients never reach the weights.
 * </ul>
 */
final class LlamaSource {

  static final String CLASS_NAME = "Llama";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$[A-Z0-9_]+");

  /** Codes of number formats in TorchScript. fp64, which results are returned in, is 7. */
  private static final String FLOAT32 = "6";

  private static final String BFLOAT16 = "15";

  private static final String HEAD =
      """
      class Llama(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def norm(self, x: Tensor, weight: Tensor) -> Tensor:
          # RMSNorm. The square's gradient 2x comes from one product with a constant, not two.
          half = torch.sum(torch.mul(x, torch.detach(x)), [-1], True)
          squares = torch.sub(torch.mul(half, 2.0), torch.detach(half))
          scale = torch.rsqrt(torch.add(torch.mul(squares, 1.0 / float($HIDDEN)), $EPSILON_RMS))
          return torch.mul(torch.to(torch.mul(x, scale), $TYPE), torch.to(weight, $TYPE))
        def linear(self, x: Tensor, weight: Tensor) -> Tensor:
          return torch.linear(x, torch.to(weight, $TYPE))
        def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          # RoPE on the channel pairs (c, c + h/2); the table's sine has the first half negated.
          return torch.addcmul(torch.mul(x, cos), torch.roll(x, [$HALF_HEAD], [-1]), sin)
        def rotation(self, ids: Tensor) -> Tuple[Tensor, Tensor]:
          place = ops.prim.device(ids)
          channel = torch.arange($HALF_HEAD, dtype=6, device=place)
          frequency = torch.pow($ROPE_THETA, torch.div(channel, -float($HALF_HEAD)))
          position = torch.arange(torch.size(ids, 1), dtype=6, device=place)
          angle = torch.mul(torch.unsqueeze(position, 1), frequency)
          cos = torch.cos(angle)
          sin = torch.sin(angle)
          return (torch.unsqueeze(torch.cat([cos, cos], 1), 1), torch.unsqueeze(torch.cat([torch.neg(sin), sin], 1), 1))
      """;

  static final String DROP =
      """
        def drop(self, x: Tensor, p: float, random: Generator) -> Tensor:
          place = ops.prim.device(x)
          draw = torch.uniform_(torch.empty(torch.size(x), dtype=6, device=place), 0.0, 1.0, generator=random)
          keep = torch.to(torch.ge(draw, p), ops.prim.dtype(x))
          return torch.mul(x, torch.mul_(keep, 1.0 / (1.0 - p)))
      """;

  private static final String LOGITS =
      """
        def $NAME(self, ids: Tensor, p: List[Tensor]$RANDOM) -> Tensor:
          # ids [B, T] -> logits [B T, V], fp32
          B = torch.size(ids, 0)
          T = torch.size(ids, 1)
          cos, sin = self.rotation(ids)
          query_cos = torch.to(torch.mul(cos, $SCALE), $TYPE)
          query_sin = torch.to(torch.mul(sin, $SCALE), $TYPE)
          key_cos = torch.to(cos, $TYPE)
          key_sin = torch.to(sin, $TYPE)
          future = torch.triu(torch.full([T, T], -inf, dtype=$TYPE, device=ops.prim.device(ids)), 1)
          x = torch.embedding(p[0], ids)
          x = $DROP_EMBEDDING
          for layer in range($LAYERS):
            w = 1 + $BLOCK_MATRICES * layer
            n = $MATRICES + $BLOCK_NORMS * layer
            y = self.norm(x, p[n])
            q = self.rotate(torch.view(self.linear(y, p[w]), [B, T, $HEADS, $HEAD_SIZE]), query_cos, query_sin)
            k = self.rotate(torch.view(self.linear(y, p[w + 1]), [B, T, $KV_HEADS, $HEAD_SIZE]), key_cos, key_sin)
            v = torch.transpose(torch.view(self.linear(y, p[w + 2]), [B, T, $KV_HEADS, $HEAD_SIZE]), 1, 2)
      $ATTENTION
            x = torch.add(x, $DROP_ATTENTION_OUTPUT)
            y = self.norm(x, p[n + 1])
            y = torch.mul(torch.silu(self.linear(y, p[w + 4])), self.linear(y, p[w + 5]))
            y = self.linear($DROP_FEED_FORWARD, p[w + 6])
            x = torch.add(x, $DROP_FEED_FORWARD_OUTPUT)
          y = self.norm(x, p[$FINAL_NORM])
          return torch.view(torch.to(self.linear(y, p[$HEAD_MATRIX]), 6), [-1, $VOCAB])
      """;

  /** Scores are [B, K, G T, T]: the G query heads of a key head, one below the other. */
  private static final String PLAIN_ATTENTION =
      """
            q = torch.permute(torch.view(q, [B, T, $KV_HEADS, $GROUP, $HEAD_SIZE]), [0, 2, 3, 1, 4])
            q = torch.reshape(q, [B, $KV_HEADS, $GROUP * T, $HEAD_SIZE])
            a = torch.view(torch.matmul(q, torch.permute(k, [0, 2, 3, 1])), [B, $KV_HEADS, $GROUP, T, T])
            a = torch.softmax(torch.add(a, future), -1)
            a = torch.view($DROP_ATTENTION, [B, $KV_HEADS, $GROUP * T, T])
            y = torch.view(torch.matmul(a, v), [B, $KV_HEADS, $GROUP, T, $HEAD_SIZE])
            y = torch.reshape(torch.permute(y, [0, 3, 1, 2, 4]), [B, T, $HEADS * $HEAD_SIZE])
      """;

  private static final String FUSED_ATTENTION =
      """
            y = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), v, None, $P_ATTENTION, True, scale=1.0, enable_gqa=$IS_GROUPED)
            y = torch.reshape(torch.transpose(y, 1, 2), [B, T, $HEADS * $HEAD_SIZE])
      """;

  private static final String TRAINING =
      """
        def loss(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor]) -> Tensor:
          # Divided by the global batch's targets: the losses of its parts add up to its mean.
          $SEED
          logits = self.$TRAIN_LOGITS
          total = torch.cross_entropy_loss(logits, torch.view(targets, [-1]), None, 2, -100)
          return torch.div(total, float($TARGETS))
        def gradients(self, loss: Tensor, p: List[Tensor]) -> List[Tensor]:
          g = annotate(List[Tensor], [])
          for x in torch.grad([loss], p):
            g = torch.append(g, unchecked_cast(Tensor, x))
          return g
        def decay(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor], weight_decay: float, divisor: Tensor, skip: Tensor) -> NoneType:
          number = torch.to($NUMBER, 6)
          numbers = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            numbers = torch.append(numbers, number)
          torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), numbers, lr=float($LEARNING_RATE), beta1=float($BETA1), beta2=float($BETA2), weight_decay=weight_decay, eps=float($EPSILON), amsgrad=False, maximize=False, grad_scale=divisor, found_inf=skip)
          return None
        def update(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
          # Clipping as torch.nn.utils.clip_grad_norm_: by limit / (norm + 1e-6), never up.
          norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
          divisor = torch.clamp(torch.div(torch.add(norm, 1e-06), float($CLIP_NORM)), 1.0)
          skip = torch.to(torch.logical_not(torch.isfinite(norm)), 6)
          k = $MATRICES
          n = torch.len(p)
          self.decay(step, torch.slice(p, 0, k), torch.slice(m, 0, k), torch.slice(v, 0, k), torch.slice(g, 0, k), float($WEIGHT_DECAY), divisor, skip)
          self.decay(step, torch.slice(p, k, n), torch.slice(m, k, n), torch.slice(v, k, n), torch.slice(g, k, n), 0.0, divisor, skip)
          return norm
        def train_step(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
          # -> [loss, gradient norm], fp64
          torch.set_grad_enabled(True)
          loss = self.loss(ids, targets, step, p)
          g = self.gradients(loss, p)
          torch.set_grad_enabled(False)
          norm = self.update(step, p, m, v, g)
          return torch.to(torch.stack([torch.detach(loss), norm]), 7)
        def accumulate(self, ids: Tensor, targets: Tensor, step: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> [loss], fp64
          torch.set_grad_enabled(True)
          loss = self.loss(ids, targets, step, p)
          fresh = self.gradients(loss, p)
          torch.set_grad_enabled(False)
          torch._foreach_add_(g, fresh)
          return torch.to(torch.stack([torch.detach(loss)]), 7)
        def apply(self, step: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> Tensor:
          # -> [gradient norm], fp64
          torch.set_grad_enabled(False)
          norm = self.update(step, p, m, v, g)
          torch._foreach_zero_(g)
          return torch.to(torch.stack([norm]), 7)
      """;

  private static final String EVALUATION =
      """
        def window_losses(self, ids: Tensor, targets: Tensor, p: List[Tensor]) -> Tensor:
          # -> [B] summed over each window's targets, fp64
          torch.set_grad_enabled(False)
          losses = torch.cross_entropy_loss(self.logits(ids, p), torch.view(targets, [-1]), None, 0, -100)
          return torch.sum(torch.view(losses, torch.size(targets)), [1], False, dtype=7)
      """;

  private final LlamaProgram program;
  private final Architecture model;
  private final boolean drops;

  private LlamaSource(LlamaProgram program) {
    this.program = program;
    this.model = program.architecture();
    this.drops = !program.dropout().equals(Dropout.NONE);
  }

  static String of(LlamaProgram program) {
    return new LlamaSource(program).write();
  }

  private String write() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(logits("logits", Dropout.NONE));
    if (drops) {
      text.append(DROP).append(logits("training_logits", program.dropout()));
    }
    text.append(training()).append(EVALUATION);
    return fill(text.toString(), constants());
  }

  private String training() {
    return fill(
        TRAINING,
        Map.of(
            "$SEED",
            drops ? seed() : "",
            "$TRAIN_LOGITS",
            drops ? "training_logits(ids, p, random)" : "logits(ids, p)"));
  }

  /** libtorch's fused kernel draws from the process's generator, the rest from one of its own. */
  private String seed() {
    String seed = "int(" + OptimizerStep.Field.DROPOUT_SEED.script() + ")";
    String global =
        program.attention() == Attention.FUSED && program.dropout().attention() > 0
            ? "torch.manual_seed(" + seed + ")\n    "
            : "";
    return global + "random = torch.Generator(device=ops.prim.device(ids), seed=" + seed + ")";
  }

  private String logits(String name, Dropout dropout) {
    Map<String, String> values = new HashMap<>();
    values.put("$NAME", name);
    values.put("$RANDOM", dropout.equals(Dropout.NONE) ? "" : ", random: Generator");
    values.put(
        "$ATTENTION",
        switch (program.attention()) {
          case PLAIN -> PLAIN_ATTENTION;
          case FUSED -> FUSED_ATTENTION;
        });
    values.put("$P_ATTENTION", Double.toString(dropout.attention()));
    values.put("$DROP_EMBEDDING", drop("x", dropout.embedding()));
    values.put("$DROP_ATTENTION_OUTPUT", drop("self.linear(y, p[w + 3])", dropout.residual()));
    values.put("$DROP_ATTENTION", drop("a", dropout.attention()));
    values.put("$DROP_FEED_FORWARD_OUTPUT", drop("y", dropout.residual()));
    values.put("$DROP_FEED_FORWARD", drop("y", dropout.mlp()));
    // Attention's own text has placeholders, so it goes in first.
    return fill(fill(LOGITS, Map.of("$ATTENTION", values.remove("$ATTENTION"))), values);
  }

  private static String drop(String value, double probability) {
    return probability == 0 ? value : "self.drop(%s, %s, random)".formatted(value, probability);
  }

  private Map<String, String> constants() {
    ParameterLayout layout = ParameterLayout.of(model);
    Map<String, String> values = new HashMap<>();
    values.put("$TYPE", program.precision() == Precision.BF16 ? BFLOAT16 : FLOAT32);
    values.put("$SCALE", Double.toString(1 / Math.sqrt(model.headSize())));
    values.put("$EPSILON_RMS", Double.toString(model.rmsNormEpsilon()));
    values.put("$ROPE_THETA", Double.toString(model.ropeTheta()));
    integer(values, "$HALF_HEAD", model.headSize() / 2);
    integer(values, "$HEAD_SIZE", model.headSize());
    integer(values, "$HEADS", model.heads());
    integer(values, "$KV_HEADS", model.kvHeads());
    integer(values, "$GROUP", model.heads() / model.kvHeads());
    values.put("$IS_GROUPED", model.heads() == model.kvHeads() ? "False" : "True");
    integer(values, "$HIDDEN", model.hiddenSize());
    integer(values, "$VOCAB", model.vocabSize());
    integer(values, "$LAYERS", model.layers());
    integer(values, "$BLOCK_MATRICES", ParameterLayout.BLOCK_MATRICES);
    integer(values, "$BLOCK_NORMS", ParameterLayout.BLOCK_NORMS);
    integer(values, "$HEAD_MATRIX", model.tiedEmbeddings() ? 0 : layout.matrices() - 1);
    integer(values, "$MATRICES", layout.matrices());
    integer(values, "$FINAL_NORM", layout.size() - 1);
    for (OptimizerStep.Field field : OptimizerStep.Field.values()) {
      values.put(field.placeholder(), field.script());
    }
    return values;
  }

  private static void integer(Map<String, String> values, String name, int value) {
    values.put(name, Integer.toString(value));
  }

  /** Replaces the placeholders that have a value; others are left for a later call. */
  private static String fill(String template, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
  }
}

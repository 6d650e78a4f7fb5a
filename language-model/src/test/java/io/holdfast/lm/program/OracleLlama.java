package io.holdfast.lm.program;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.holdfast.contracts.model.Architecture;
import io.holdfast.contracts.model.RopeScaling;
import io.holdfast.contracts.stage.Method.Lora;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Llama of Hugging Face's {@code modeling_llama.py} in plain fp32 NDArray operations, written
 * without regard to the generated program: embedding as a one-hot product, rotation by halves, key
 * heads repeated, loss as a masked sum. Slow, and independent.
 */
public final class OracleLlama implements AutoCloseable {

  private static final float MINUS_INFINITY = -1e30f;

  private final Architecture model;
  private final NDManager manager = LibTorch.newManager();
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  /** Null without adapters. */
  private Lora lora;

  /** Null when attention goes across documents. */
  private Integer endOfText;

  private Runnable beforeBackward = () -> {};

  public OracleLlama(Architecture model, TensorSet values) {
    this.model = model;
    add(values);
  }

  /** Puts adapters beside the weights. */
  OracleLlama with(Lora adapters, TensorSet values) {
    this.lora = adapters;
    add(values);
    return this;
  }

  OracleLlama withinDocuments(int end) {
    this.endOfText = end;
    return this;
  }

  /** Does something between forward and backward pass. */
  OracleLlama beforeBackward(Runnable work) {
    this.beforeBackward = work;
    return this;
  }

  private void add(TensorSet values) {
    ParameterLayout layout = values.layout();
    for (int i = 0; i < layout.size(); i++) {
      NDArray weight = owned(manager.create(values.values(i), new Shape(layout.shapes().get(i))));
      weight.setRequiresGradient(true);
      weights.put(layout.names().get(i), weight);
    }
  }

  /** Mean loss over the unmasked targets, and every weight's gradient. */
  public record LossAndGradients(double loss, Map<String, float[]> gradients) {}

  public LossAndGradients lossAndGradients(long[][] ids, long[][] targets) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = loss(ids, targets);
      beforeBackward.run();
      collector.backward(loss);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      weights.forEach((name, weight) -> gradients.put(name, weight.getGradient().toFloatArray()));
      return new LossAndGradients(loss.getFloat(), gradients);
    }
  }

  /** Logits of the token behind each token, row-major [B, T, V]. */
  public float[] predict(long[][] ids) {
    return logits(ids).toFloatArray();
  }

  private NDArray loss(long[][] ids, long[][] targets) {
    NDArray wanted = oneHot(targets);
    return logits(ids).logSoftmax(-1).mul(wanted).sum().neg().div(wanted.sum());
  }

  /** [B T, V]. */
  private NDArray logits(long[][] ids) {
    long b = ids.length;
    long t = ids[0].length;
    NDArray embedding = weight("model.embed_tokens");
    NDArray mask = mask(ids);
    NDArray x = oneHot(ids).matMul(embedding).reshape(b, t, model.hiddenSize());
    for (int layer = 0; layer < model.layers(); layer++) {
      String block = "model.layers." + layer + ".";
      x = x.add(attention(block + "self_attn.", norm(x, block + "input_layernorm"), mask));
      x = x.add(feedForward(block + "mlp.", norm(x, block + "post_attention_layernorm")));
    }
    return product(norm(x, "model.norm").reshape(b * t, model.hiddenSize()), "lm_head");
  }

  private NDArray norm(NDArray x, String name) {
    NDArray variance = x.square().mean(new int[] {-1}, true);
    return x.div(variance.add(number(model.rmsNormEpsilon())).sqrt()).mul(weight(name));
  }

  private NDArray feedForward(String name, NDArray x) {
    NDArray gate = product(x, name + "gate_proj");
    NDArray silu = gate.div(gate.neg().exp().add(number(1)));
    NDArray up = product(x, name + "up_proj");
    return product(silu.mul(up), name + "down_proj");
  }

  /** x Wᵀ, and (α/r)·x Aᵀ Bᵀ where the matrix has an adapter. */
  private NDArray product(NDArray x, String name) {
    boolean tied = name.equals("lm_head") && model.tiedEmbeddings();
    NDArray y = x.matMul(weight(tied ? "model.embed_tokens" : name).transpose());
    NDArray a = weight(name + ".lora_A");
    if (a == null) {
      return y;
    }
    NDArray inner = x.matMul(a.transpose()).matMul(weight(name + ".lora_B").transpose());
    return y.add(inner.mul(number(lora.scale())));
  }

  private NDArray attention(String name, NDArray x, NDArray mask) {
    long b = x.getShape().get(0);
    long t = x.getShape().get(1);
    int group = model.heads() / model.kvHeads();
    NDArray q = rotate(heads(x, name + "q_proj", model.heads()));
    NDArray k = rotate(heads(x, name + "k_proj", model.kvHeads())).repeat(1, group);
    NDArray v = heads(x, name + "v_proj", model.kvHeads()).repeat(1, group);
    NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).div(number(Math.sqrt(model.headSize())));
    NDArray y = scores.add(mask).softmax(-1).matMul(v);
    y = y.transpose(0, 2, 1, 3).reshape(b, t, (long) model.heads() * model.headSize());
    return product(y, name + "o_proj");
  }

  /** [B, heads, T, h]. */
  private NDArray heads(NDArray x, String name, int heads) {
    Shape shape = x.getShape();
    return product(x, name)
        .reshape(shape.get(0), shape.get(1), heads, model.headSize())
        .transpose(0, 2, 1, 3);
  }

  private NDArray rotate(NDArray x) {
    int t = (int) x.getShape().get(2);
    int half = model.headSize() / 2;
    float[][] cos = new float[t][2 * half];
    float[][] sin = new float[t][2 * half];
    for (int position = 0; position < t; position++) {
      for (int c = 0; c < 2 * half; c++) {
        double angle = position * frequency(c % half);
        cos[position][c] = (float) Math.cos(angle);
        sin[position][c] = (float) Math.sin(angle);
      }
    }
    NDList halves = x.split(2, 3);
    NDArray turned = halves.get(1).neg().concat(halves.get(0), 3);
    return x.mul(owned(manager.create(cos))).add(turned.mul(owned(manager.create(sin))));
  }

  /** Radians per token, in the three cases of Meta's {@code apply_scaling}. */
  private double frequency(int pair) {
    double frequency = Math.pow(model.ropeTheta(), -2.0 * pair / model.headSize());
    RopeScaling scaling = model.ropeScaling();
    if (scaling == null) {
      return frequency;
    }
    double wavelength = 2 * Math.PI / frequency;
    double original = scaling.originalMaxPositionEmbeddings();
    double low = scaling.lowFreqFactor();
    double high = scaling.highFreqFactor();
    if (wavelength < original / high) {
      return frequency;
    }
    if (wavelength > original / low) {
      return frequency / scaling.factor();
    }
    double smooth = (original / wavelength - low) / (high - low);
    return (1 - smooth) * frequency / scaling.factor() + smooth * frequency;
  }

  /** [B, 1, T, T]: minus infinity for a later token, and for one of another document. */
  private NDArray mask(long[][] ids) {
    int t = ids[0].length;
    float[] mask = new float[ids.length * t * t];
    for (int b = 0; b < ids.length; b++) {
      for (int i = 0; i < t; i++) {
        for (int j = 0; j < t; j++) {
          boolean sees = j <= i && !endsBetween(ids[b], j, i);
          mask[(b * t + i) * t + j] = sees ? 0 : MINUS_INFINITY;
        }
      }
    }
    return owned(manager.create(mask, new Shape(ids.length, 1, t, t)));
  }

  /** Whether a document ends at one of the tokens [from, to). */
  private boolean endsBetween(long[] ids, int from, int to) {
    for (int i = from; i < to; i++) {
      if (endOfText != null && ids[i] == endOfText) {
        return true;
      }
    }
    return false;
  }

  /** [B T, V]; a row of zeros for a masked token. */
  private NDArray oneHot(long[][] tokens) {
    int t = tokens[0].length;
    float[][] rows = new float[tokens.length * t][model.vocabSize()];
    for (int i = 0; i < rows.length; i++) {
      int token = (int) tokens[i / t][i % t];
      if (token >= 0) {
        rows[i][token] = 1;
      }
    }
    return owned(manager.create(rows));
  }

  /**
   * A number as a tensor. DJL's own operations on numbers, such as {@code div(Number)}, lay a
   * tensor over a Java buffer and let go of the buffer at once, though autograd keeps the tensor: a
   * collection of garbage before the backward pass then made gradients NaN, those of everything
   * before the attention's scale.
   */
  private NDArray number(double value) {
    return owned(manager.create((float) value));
  }

  /**
   * A copy in libtorch's own memory: what DJL lays over Java's buffers is only good while Java
   * refers to them.
   */
  private static NDArray owned(NDArray overJavaMemory) {
    return overJavaMemory.duplicate();
  }

  private NDArray weight(String name) {
    return weights.get(name + ".weight");
  }

  @Override
  public void close() {
    manager.close();
  }
}

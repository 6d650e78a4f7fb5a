package io.holdfast.frontier.lifecycle;

/**
 * Where the weights of a trained stage are. Its scores count wherever they are.
 *
 * <pre>
 * Stored ─▶ Collected ─▶ Needed ─▶ Asked ─▶ Stored
 *               ▲  ▲───────┴─────────┤
 *               └──────── Lost ◀─────┘
 * </pre>
 */
public sealed interface Weights {

  Weights STORED = new Stored();
  Weights COLLECTED = new Collected();
  Weights NEEDED = new Needed();
  Weights ASKED = new Asked();

  /** The name used in the API, such as {@code COLLECTED}. */
  default String name() {
    return getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
  }

  /** In the artifact store. */
  record Stored() implements Weights {}

  /** Removed, because nobody needed them. */
  record Collected() implements Weights {}

  /** Removed, and to be trained again once the parent's are there. */
  record Needed() implements Weights {}

  /** To be trained again by a trainer. */
  record Asked() implements Weights {}

  /** Removed, and they could not be trained again; until somebody asks again. */
  record Lost(Failure failure) implements Weights {}
}

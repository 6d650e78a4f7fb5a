package io.holdfast.frontier.statistics.design;

/** What groups of trials that are compared have in common. */
public enum Equal {
  /** All other knobs and swept settings. */
  ALL_OTHER_SETTINGS("all other settings equal"),
  /** The swept settings of fine-tuning. */
  FINE_TUNING("fine-tuning settings equal"),
  /** Nothing: the groups have no settings in common. */
  NOTHING("other settings not equal");

  private final String words;

  Equal(String words) {
    this.words = words;
  }

  /** In plain words. */
  public String words() {
    return words;
  }
}

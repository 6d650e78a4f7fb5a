package io.holdfast.frontier.report;

import io.holdfast.contracts.stage.StageKind;

/** Names for people. */
final class Labels {

  private Labels() {}

  static String kind(StageKind kind) {
    return switch (kind) {
      case PRETRAIN -> "1 pretrain";
      case POST_TRAIN -> "2 post-train";
      case FINE_TUNE -> "3 fine-tune";
    };
  }
}

package io.holdfast.contracts.study;

import io.holdfast.contracts.stage.StageKind;
import io.holdfast.contracts.study.StageVariant.Setting;
import io.holdfast.contracts.study.source.Tree;
import io.holdfast.contracts.study.source.Tree.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values that a sweep gives to settings, of one stage or of several, all at the same time. */
record Assignment(List<Value> values) {

  static final Assignment NONE = new Assignment(List.of());

  Assignment {
    values = List.copyOf(values);
  }

  /**
   * The value of one setting.
   *
   * @param keys that lead to it in its stage
   * @param value with the place where the sweep stands
   */
  record Value(StageKind kind, List<String> keys, Tree value) {

    private Setting setting() {
      return new Setting(
          StageReader.vocabulary(kind).section() + "." + String.join(".", keys),
          Sweeps.spell(value));
    }

    private Mapping over(Mapping stage) {
      Tree nested = value;
      for (String key : keys.reversed()) {
        nested = new Mapping(value.place(), Map.of(key, nested));
      }
      Vocabulary kinds = StageReader.vocabulary(kind);
      return Overlay.over(
          Overlay.spellOut(stage, kinds), Overlay.spellOut((Mapping) nested, kinds));
    }
  }

  Assignment and(Assignment other) {
    return new Assignment(Stream.concat(values.stream(), other.values.stream()).toList());
  }

  private Stream<Value> of(StageKind kind) {
    return values.stream().filter(value -> value.kind() == kind);
  }

  /** The stage with its values over it. */
  Mapping over(Mapping stage, StageKind kind) {
    Mapping assigned = stage;
    for (Value value : of(kind).toList()) {
      assigned = value.over(assigned);
    }
    return assigned;
  }

  /** What tells the stage from its siblings. */
  List<Setting> swept(StageKind kind) {
    return new ArrayList<>(of(kind).map(Value::setting).toList());
  }
}

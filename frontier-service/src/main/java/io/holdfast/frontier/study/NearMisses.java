package io.holdfast.frontier.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.contracts.json.Json;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.StudyPlan.Difference;
import io.holdfast.contracts.study.StudyPlan.NearMiss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says why a stage that looks like a trained one is not reused: the fields of the two specs that
 * differ. Only stages that could have been reused are looked at, those whose parent is trained or
 * that have none; the others differ in their parent already. They are compared with stages outside
 * of the study: its own differ from each other because its author wants them to. Another seed alone
 * is no near miss.
 */
final class NearMisses {

  /** Stages that differ in more than this do not look the same. */
  private static final int MOST = 3;

  private final Map<String, Map<String, String>> trained = new HashMap<>();

  /**
   * @param known trained stages, by id
   */
  NearMisses(Map<String, StageSpec> known) {
    known.forEach((id, spec) -> trained.put(id, fields(spec)));
  }

  List<NearMiss> of(StageTree tree, Set<String> done) {
    return tree.stages().values().stream()
        .filter(stage -> !done.contains(stage.id()))
        .filter(stage -> stage.parent() == null || done.contains(stage.parent()))
        .map(stage -> nearest(stage, tree.stages().keySet()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<NearMiss> nearest(StageNode stage, Set<String> study) {
    Map<String, String> fields = fields(stage.spec());
    return trained.entrySet().stream()
        .filter(other -> !study.contains(other.getKey()))
        .filter(other -> other.getValue().get("kind").equals(fields.get("kind")))
        .map(
            other ->
                new NearMiss(stage.id(), other.getKey(), differences(fields, other.getValue())))
        .filter(miss -> miss.differences().size() <= MOST)
        .filter(miss -> miss.differences().stream().anyMatch(d -> !d.field().equals("seed")))
        .min(
            Comparator.<NearMiss>comparingInt(miss -> miss.differences().size())
                .thenComparing(NearMiss::trained));
  }

  private static List<Difference> differences(
      Map<String, String> planned, Map<String, String> trained) {
    Set<String> names = new TreeSet<>(planned.keySet());
    names.addAll(trained.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(planned.get(name), trained.get(name))) {
        differences.add(new Difference(name, planned.get(name), trained.get(name)));
      }
    }
    return differences;
  }

  private static Map<String, String> fields(StageSpec spec) {
    Map<String, String> fields = new TreeMap<>();
    collect("", Json.mapper().valueToTree(spec), fields);
    return fields;
  }

  private static void collect(String path, JsonNode node, Map<String, String> fields) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      fields));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), fields);
      }
    } else {
      fields.put(path, node.asText());
    }
  }
}

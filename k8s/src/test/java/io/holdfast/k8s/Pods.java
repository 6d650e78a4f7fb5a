package io.holdfast.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * The pods of Holdfast's own that a rendering would create.
 *
 * @param name of what creates them
 * @param spec of the pod
 */
record Pods(String name, JsonNode spec) {

  static Stream<Pods> in(Rendered rendered) {
    return Stream.concat(
            rendered
                .kind("Deployment")
                .map(o -> new Pods(Rendered.name(o), o.at("/spec/template/spec"))),
            rendered
                .kind("ScaledJob")
                .map(o -> new Pods(Rendered.name(o), o.at("/spec/jobTargetRef/template/spec"))))
        .filter(pods -> pods.container().path("image").asText().startsWith("holdfast/"));
  }

  JsonNode container() {
    return spec.at("/containers/0");
  }

  /** The service whose image it runs. */
  String service() {
    return container().path("image").asText().replaceFirst("holdfast/([a-z-]+).*", "$1");
  }

  /** The plain value of an environment variable, or null. */
  String variable(String name) {
    for (JsonNode variable : container().path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("value").asText(null);
      }
    }
    return null;
  }

  /** Which secret and key an environment variable comes from, or null. */
  String secret(String name) {
    for (JsonNode variable : container().path("env")) {
      JsonNode from = variable.at("/valueFrom/secretKeyRef");
      if (variable.path("name").asText().equals(name) && !from.isMissingNode()) {
        return from.path("name").asText() + "/" + from.path("key").asText();
      }
    }
    return null;
  }

  /** Whether it is in a consumer group. */
  boolean hears() {
    return ServiceChannels.incoming(service()).stream()
        .anyMatch(channel -> !"false".equals(variable(ServiceChannels.variable(channel))));
  }

  boolean works() {
    return !service().equals("frontier-service")
        && !"false".equals(variable("HOLDFAST_WORK_ENABLED"));
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.holdfast.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with an object's fields: unknown ones, wrong types, missing ones. */
final class Fields {

  private static final Map<String, Class<?>> BUILT_IN =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "Deployment", Deployment.class,
          "NetworkPolicy", NetworkPolicy.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "Secret", Secret.class,
          "Service", Service.class,
          "ServiceAccount", ServiceAccount.class);

  /** The model keeps fields that it does not know in a map of their own; here they are errors. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return Boolean.FALSE;
                }
              });

  private Fields() {}

  static List<String> problems(JsonNode object) {
    Class<?> builtIn = BUILT_IN.get(object.path("kind").asText());
    if (builtIn != null) {
      return strictly(object, builtIn);
    }
    List<String> problems = new ArrayList<>();
    shape(object).validate(object).stream()
        .map(ValidationMessage::getMessage)
        .forEach(problems::add);
    JsonNode job = object.at("/spec/jobTargetRef");
    if (!job.isMissingNode()) {
      problems.addAll(strictly(job, JobSpec.class));
    }
    return problems;
  }

  private static List<String> strictly(JsonNode object, Class<?> type) {
    try {
      STRICT.treeToValue(object, type);
      return List.of();
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    }
  }

  private static JsonSchema shape(JsonNode object) {
    String file =
        "/shapes/%s_%s.json"
            .formatted(
                object.path("apiVersion").asText().replace('/', '_'), object.path("kind").asText());
    try (InputStream in = Fields.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("nothing is known about " + file);
      }
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

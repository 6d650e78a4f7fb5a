package io.holdfast.kit.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One endpoint, as its class declares it.
 *
 * @param role the least that may call it, or null when the class says nothing
 * @param consumes media type of the body that it takes, if any
 */
record Endpoint(String method, String path, String role, Optional<String> consumes) {

  private static final Set<String> VERBS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** All that a module's classes declare, by path. */
  static List<Endpoint> in(java.nio.file.Path classes) {
    return new ClassFileImporter()
        .importPath(classes).stream()
            .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
            .flatMap(type -> type.getMethods().stream())
            .flatMap(Endpoint::of)
            .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method))
            .toList();
  }

  private static Stream<Endpoint> of(JavaMethod method) {
    JavaClass type = method.getOwner();
    Optional<RolesAllowed> roles =
        method
            .tryGetAnnotationOfType(RolesAllowed.class)
            .or(() -> type.tryGetAnnotationOfType(RolesAllowed.class));
    Optional<String> consumes =
        method
            .tryGetAnnotationOfType(Consumes.class)
            .or(() -> type.tryGetAnnotationOfType(Consumes.class))
            .map(types -> types.value()[0]);
    String path =
        join(
            type.getAnnotationOfType(Path.class).value(),
            method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse(""));
    return verbs(method)
        .map(verb -> new Endpoint(verb, path, roles.map(r -> r.value()[0]).orElse(null), consumes));
  }

  /** By name: what an annotation is itself annotated with is not read from other modules' jars. */
  private static Stream<String> verbs(JavaMethod method) {
    return method.getAnnotations().stream()
        .map(annotation -> annotation.getRawType())
        .filter(type -> type.getPackageName().equals(Path.class.getPackageName()))
        .map(JavaClass::getSimpleName)
        .filter(VERBS::contains);
  }

  private static String join(String first, String second) {
    String path = "/%s/%s".formatted(first, second).replaceAll("/+", "/");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

package io.holdfast.k8s.configuration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads settings from a module's source text: methods of {@code @ConfigMapping} interfaces,
 * parameters with {@code @ConfigProperty}, and constants named {@code …PROPERTY} whose value starts
 * with {@code holdfast.}. Source, because class files have no Javadoc.
 */
final class SettingsInSource extends TreePathScanner<Void, Void> {

  private static final String OURS = "holdfast.";

  private final DocTrees docs;
  private final Map<String, String> groups;
  private final List<Setting> found;

  private SettingsInSource(DocTrees docs, Map<String, String> groups, List<Setting> found) {
    this.docs = docs;
    this.groups = groups;
    this.found = found;
  }

  /**
   * @param settings in the order of the sources
   * @param groups what a mapping says of all of its settings, by their prefix
   */
  record Found(List<Setting> settings, Map<String, String> groups) {}

  static Found in(Path sources) {
    Found found = new Found(new ArrayList<>(), new TreeMap<>());
    try {
      List<Path> files = mentioning(sources);
      if (!files.isEmpty()) {
        read(files, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static void read(List<Path> sources, Found found) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new SettingsInSource(docs, found.groups(), found.settings()).scan(unit, null);
      }
    }
  }

  private static List<Path> mentioning(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> chosen = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        if (Files.readString(file).contains("\"" + OURS)) {
          chosen.add(file);
        }
      }
      return chosen;
    }
  }

  @Override
  public Void visitClass(ClassTree type, Void none) {
    Annotations.find(type.getModifiers(), "ConfigMapping")
        .ifPresent(
            mapping -> {
              String prefix = Annotations.argument(mapping, "prefix").orElseThrow();
              groups.put(prefix, Javadocs.text(docs.getDocComment(getCurrentPath())));
              mapping(prefix, type, getCurrentPath());
            });
    return super.visitClass(type, none);
  }

  @Override
  public Void visitMethod(MethodTree method, Void none) {
    String comment = docs.getDocComment(getCurrentPath());
    for (VariableTree parameter : method.getParameters()) {
      Annotations.find(parameter.getModifiers(), "ConfigProperty")
          .filter(property -> Annotations.argument(property, "name").orElse("").startsWith(OURS))
          .ifPresent(property -> parameter(property, parameter, comment));
    }
    return super.visitMethod(method, none);
  }

  @Override
  public Void visitVariable(VariableTree variable, Void none) {
    if (variable.getName().toString().endsWith("PROPERTY")
        && variable.getInitializer() instanceof LiteralTree value
        && value.getValue() instanceof String name
        && name.startsWith(OURS)) {
      String meaning = Javadocs.text(docs.getDocComment(getCurrentPath()));
      found.add(new Setting(name, "text", null, new TreeMap<>(), meaning));
    }
    return super.visitVariable(variable, none);
  }

  private void parameter(AnnotationTree property, VariableTree parameter, String comment) {
    String type = parameter.getType().toString();
    found.add(
        new Setting(
            Annotations.argument(property, "name").orElseThrow(),
            Types.words(type),
            Annotations.argument(property, "defaultValue")
                .orElse(Types.isOptional(type) ? null : ""),
            new TreeMap<>(),
            Javadocs.parameter(comment, parameter.getName().toString())));
  }

  private void mapping(String prefix, ClassTree type, TreePath path) {
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        member(prefix, method, type, path);
      }
    }
  }

  private void member(String prefix, MethodTree method, ClassTree type, TreePath path) {
    String java = method.getReturnType().toString();
    String name = prefix + "." + name(method);
    Optional<ClassTree> nested = nested(type, java.replaceAll("Optional<(.*)>", "$1"));
    if (nested.isPresent()) {
      mapping(name, nested.get(), new TreePath(path, nested.get()));
      return;
    }
    String meaning = Javadocs.text(docs.getDocComment(new TreePath(path, method)));
    Optional<String> standard =
        Annotations.find(method.getModifiers(), "WithDefault")
            .flatMap(a -> Annotations.argument(a, "value"));
    found.add(
        new Setting(
            name,
            Types.words(java),
            standard.orElse(Types.isOptional(java) ? null : ""),
            new TreeMap<>(),
            meaning));
  }

  private static Optional<ClassTree> nested(ClassTree type, String name) {
    return type.getMembers().stream()
        .filter(m -> m.getKind() == Tree.Kind.INTERFACE)
        .map(ClassTree.class::cast)
        .filter(c -> c.getSimpleName().contentEquals(name))
        .findFirst();
  }

  /** SmallRye's naming: {@code exitAfter} is {@code exit-after}. */
  private static String name(MethodTree method) {
    return Annotations.find(method.getModifiers(), "WithName")
        .flatMap(a -> Annotations.argument(a, "value"))
        .orElseGet(
            () ->
                method.getName().toString().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }
}

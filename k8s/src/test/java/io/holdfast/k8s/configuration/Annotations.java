package io.holdfast.k8s.configuration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ModifiersTree;
import java.util.Optional;

/** Annotations as they stand in the source. */
final class Annotations {

  private Annotations() {}

  /** The annotation of that simple name. */
  static Optional<AnnotationTree> find(ModifiersTree modifiers, String name) {
    return modifiers.getAnnotations().stream()
        .map(AnnotationTree.class::cast)
        .filter(a -> a.getAnnotationType().toString().equals(name))
        .findFirst();
  }

  /** An argument that is a literal, as text. */
  static Optional<String> argument(AnnotationTree annotation, String name) {
    for (ExpressionTree argument : annotation.getArguments()) {
      if (argument instanceof AssignmentTree assignment) {
        if (assignment.getVariable().toString().equals(name)) {
          return literal(assignment.getExpression());
        }
      } else if (name.equals("value")) {
        return literal(argument);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> literal(ExpressionTree expression) {
    return expression instanceof LiteralTree literal
        ? Optional.of(literal.getValue().toString())
        : Optional.empty();
  }
}

package io.holdfast.contracts.study.source;

import io.holdfast.contracts.study.source.TreeBuilder.TooLargeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML through SnakeYAML's node graph, which knows lines and constructs no objects. */
final class YamlTree {

  private static final int MAX_ALIASES = 50;

  private final Problems problems;
  private final TreeBuilder builder;

  private YamlTree(Problems problems) {
    this.problems = problems;
    this.builder = new TreeBuilder(problems);
  }

  static Optional<Tree> read(String text, Problems problems) {
    Place start = new Place("", 1);
    try {
      LoaderOptions limits = new LoaderOptions();
      limits.setMaxAliasesForCollections(MAX_ALIASES);
      limits.setNestingDepthLimit(TreeReader.MAX_DEPTH);
      limits.setCodePointLimit(TreeReader.MAX_CHARACTERS);
      limits.setProcessComments(false);
      ParserImpl parser = new ParserImpl(new StreamReader(text), limits);
      Node root = new Composer(parser, new Resolver(), limits).getSingleNode();
      if (root == null) {
        problems.missing(
            start, "The study is empty.", "Write at least what studies/smoke.yaml has.");
        return Optional.empty();
      }
      return Optional.of(new YamlTree(problems).tree(root, start, 1));
    } catch (TooLargeException e) {
      e.report(problems);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(
          "syntax",
          new Place("", line),
          null,
          "The text is not valid YAML: %s.".formatted(e.getProblem()),
          text.contains("${")
              ? "Close every bracket and brace, and inside them put ${name} in quotes: {tokens: \"${name}\"}."
              : "Indent with spaces, and close every quote, bracket and brace.");
    } catch (ReaderException e) {
      problems.add(
          "syntax",
          new Place("", 1 + (int) text.substring(0, e.getPosition()).lines().count()),
          "U+%04X".formatted(e.getCodePoint()),
          "The text has a character that YAML does not allow.",
          "Save the study as plain UTF-8 text.");
    } catch (YAMLException e) {
      // SnakeYAML has no type for its limits on depth and aliases.
      problems.add(
          "too-large",
          start,
          null,
          "The study exceeds a limit: %s.".formatted(e.getMessage()),
          "Write the study flatter and with fewer aliases.");
    }
    return Optional.empty();
  }

  private Tree tree(Node node, Place place, int depth) {
    builder.count(place, depth);
    refuseTag(node, place);
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, place, depth);
      case SequenceNode sequence -> sequence(sequence, place, depth);
      case ScalarNode scalar ->
          new Tree.Scalar(place, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
      default -> throw new IllegalStateException("unknown YAML node " + node.getNodeId());
    };
  }

  private Tree mapping(MappingNode node, Place place, int depth) {
    Map<String, Tree> entries = TreeBuilder.entries();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        Place at = builder.place(place, key.getValue(), line(key));
        builder.enter(entries, key.getValue(), tree(tuple.getValueNode(), at, depth + 1));
      } else {
        problems.add(
            "wrong-type",
            new Place(place.path(), line(tuple.getKeyNode())),
            null,
            "A key is a list or a mapping.",
            "Use a plain name as the key.");
      }
    }
    return new Tree.Mapping(place, entries);
  }

  private Tree sequence(SequenceNode node, Place place, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(tree(item, place.element(items.size(), line(item)), depth + 1));
    }
    return new Tree.Sequence(place, items);
  }

  private void refuseTag(Node node, Place place) {
    if (!node.getTag().startsWith(Tag.PREFIX) || node.getTag().getValue().contains("java")) {
      problems.add(
          "yaml-tag",
          place,
          node.getTag().getValue(),
          "Tags have no meaning in a study.",
          "Remove the tag.");
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}

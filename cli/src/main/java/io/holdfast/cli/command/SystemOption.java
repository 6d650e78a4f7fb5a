package io.holdfast.cli.command;

import io.holdfast.cli.local.ServiceKind;
import io.holdfast.cli.local.SystemOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that may start a local system. */
final class SystemOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int trainers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--trainers",
      paramLabel = "N",
      description = "One-thread trainers to run (default: one for each core).")
  void trainers(int wanted) {
    if (wanted < 1 || wanted > 1024) {
      throw new ParameterException(
          command.commandLine(), "--trainers takes a number from 1 to 1024, not " + wanted + ".");
    }
    trainers = wanted;
  }

  @Option(
      names = "--corpora",
      paramLabel = "DIR",
      description = {
        "Folder below which the study's own corpora and models may lie; may be repeated.",
        "The working folder and the study's folder always count."
      })
  private List<Path> corpora = new ArrayList<>();

  @Option(
      names = "--task",
      paramLabel = "DIR",
      description =
          "Folder of a task service to run beside, as its holdfast-task.json says; may be repeated.")
  private List<Path> tasks = new ArrayList<>();

  @Mixin private SettingsOption settings;

  int trainers() {
    return trainers;
  }

  /** Everything. */
  SystemOptions whole(Path... furtherCorpora) {
    return options(EnumSet.allOf(ServiceKind.class), furtherCorpora);
  }

  /** What checks and plans a study, and trains nothing. */
  SystemOptions planning(Path... furtherCorpora) {
    return options(EnumSet.of(ServiceKind.DATA, ServiceKind.FRONTIER), furtherCorpora);
  }

  /** Those of the options that were given and mean nothing to a system elsewhere. */
  List<String> local() {
    List<String> given = new ArrayList<>(settings.local());
    if (!corpora.isEmpty()) {
      given.add("--corpora");
    }
    if (!tasks.isEmpty()) {
      given.add("--task");
    }
    return given;
  }

  /** Folders of the task services to run beside. */
  List<Path> tasks() {
    return absolute(tasks);
  }

  /** The same options for a command line. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--trainers", Integer.toString(trainers)));
    corpora.forEach(folder -> arguments.addAll(List.of("--corpora", folder.toString())));
    tasks.forEach(folder -> arguments.addAll(List.of("--task", folder.toString())));
    settings.properties().forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    return arguments;
  }

  private SystemOptions options(Set<ServiceKind> services, Path... furtherCorpora) {
    List<Path> roots = new ArrayList<>(List.of(Path.of("")));
    roots.addAll(corpora);
    roots.addAll(List.of(furtherCorpora));
    return new SystemOptions(
        Installation.root(), trainers, services, absolute(roots), tasks(), settings.properties());
  }

  private static List<Path> absolute(List<Path> folders) {
    return folders.stream().map(each -> each.toAbsolutePath().normalize()).distinct().toList();
  }
}

package io.holdfast.frontier.submission;

import io.holdfast.contracts.corpus.Inspection;
import io.holdfast.contracts.corpus.InspectionRequest;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.contracts.stage.StageSpec;
import io.holdfast.contracts.study.ParsedStudy;
import io.holdfast.contracts.study.StudyFile;
import io.holdfast.contracts.study.StudyParser;
import io.holdfast.contracts.study.StudyPlan;
import io.holdfast.frontier.persistence.StudyStore;
import io.holdfast.frontier.study.StageTree;
import io.holdfast.frontier.study.StudyExpansion;
import io.holdfast.frontier.study.StudyPlanner;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Checks studies: reads the text, has the corpora inspected, expands the tree and plans it. */
@ApplicationScoped
public class StudyDesk {

  private static final Logger LOG = Logger.getLogger(StudyDesk.class);

  private final DataService dataService;
  private final StudyStore studies;

  @Inject
  StudyDesk(@RestClient DataService dataService, StudyStore studies) {
    this.dataService = dataService;
    this.studies = studies;
  }

  /**
   * Checks a study's text. Runs nothing and stores nothing here; data-service remembers corpora and
   * tokenizer.
   *
   * @param trainers trainers that the plan's time is estimated for
   * @throws InvalidInputException with everything that is wrong
   * @throws DataServiceUnavailableException when the corpora cannot be inspected now
   */
  public CheckedStudy check(String text, int trainers) {
    StudyFile file =
        switch (StudyParser.parse(text)) {
          case ParsedStudy.Valid valid -> valid.study();
          case ParsedStudy.Refused refused -> throw refusal(refused);
        };
    Inspection inspection = inspect(file.inspectionRequest());
    StageTree tree = StudyExpansion.expand(file, inspection).orThrow();
    return new CheckedStudy(text, file, inspection, tree, plan(file, inspection, tree, trainers));
  }

  /** The text's problems together with those of the corpora that it declares all the same. */
  private InvalidInputException refusal(ParsedStudy.Refused refused) {
    List<Problem> problems = new ArrayList<>(refused.problems());
    if (refused.inspectable() != null) {
      try {
        inspect(refused.inspectable()).problems().stream()
            .filter(problem -> !isAboutMissingTokenizer(problem, refused))
            .map(refused.lines()::locate)
            .forEach(problems::add);
      } catch (DataServiceUnavailableException e) {
        LOG.debug("The corpora of a refused study are not inspected", e);
      }
    }
    problems.sort(
        Comparator.comparing(Problem::line, Comparator.nullsLast(Comparator.naturalOrder())));
    return new InvalidInputException(problems);
  }

  /** It was left out of the question, so its absence is no problem of the study. */
  private static boolean isAboutMissingTokenizer(Problem problem, ParsedStudy.Refused refused) {
    return refused.inspectable().tokenizer() == null && problem.path().startsWith("tokenizer");
  }

  private StudyPlan plan(StudyFile file, Inspection inspection, StageTree tree, int trainers) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Map<String, StageSpec> trained = studies.trained(tree.stages().keySet());
              Double measured = studies.measuredFlopsPerSecond();
              return StudyPlanner.plan(
                  file,
                  inspection,
                  tree,
                  trained,
                  trainers,
                  measured == null ? StudyPlanner.DEFAULT_FLOPS_PER_SECOND : measured);
            });
  }

  private Inspection inspect(InspectionRequest request) {
    try {
      return dataService.inspect(request);
    } catch (WebApplicationException refused) {
      int status = refused.getResponse().getStatus();
      throw new DataServiceUnavailableException(
          "data-service answered %d when asked to inspect the study's corpora.".formatted(status),
          refused);
    } catch (ProcessingException unreachable) {
      throw new DataServiceUnavailableException(
          "data-service cannot be reached: %s.".formatted(unreachable.getMessage()), unreachable);
    }
  }
}

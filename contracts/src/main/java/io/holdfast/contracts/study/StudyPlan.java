package io.holdfast.contracts.study;

import io.holdfast.contracts.corpus.CorpusOverlap;
import io.holdfast.contracts.corpus.UnionOverlap;
import io.holdfast.contracts.stage.StageKind;
import java.util.List;
import java.util.Map;

/**
 * What a study would cost, before anything runs.
 *
 * @param study the study's name
 * @param parameters trainable parameters of the model
 * @param base the model that the first stages start from; null for random weights
 * @param stages parents before children, most urgent first
 * @param lineages points that the study will have
 * @param tokens trained tokens of all stages
 * @param flops floating-point operations of training and evaluation
 * @param exact whether every stage's tokens are known exactly
 * @param unsharedStages stages that there would be if equal prefixes were trained again
 * @param unsharedFlops their floating-point operations
 * @param trainers trainers that the time is estimated for
 * @param flopsPerSecond per trainer, that the time is estimated with
 * @param seconds estimated time until the last stage is trained and evaluated
 * @param accounts what the points of each recipe train on and cost; empty in plans of old
 * @param overlaps how much held-out text there is in training text; empty in plans of old
 * @param unions how much there is in all that one recipe trains on; empty in plans of old
 * @param nearMisses stages that look like trained ones and are others all the same; empty in plans
 *     of old
 * @param notes what the author should know, each one sentence
 */
public record StudyPlan(
    String study,
    long parameters,
    PlannedBase base,
    List<PlannedStage> stages,
    int lineages,
    long tokens,
    double flops,
    boolean exact,
    long unsharedStages,
    double unsharedFlops,
    int trainers,
    double flopsPerSecond,
    double seconds,
    List<Account> accounts,
    List<CorpusOverlap> overlaps,
    List<UnionOverlap> unions,
    List<NearMiss> nearMisses,
    List<String> notes) {

  public StudyPlan {
    nearMisses = nearMisses == null ? List.of() : List.copyOf(nearMisses);
    overlaps = overlaps == null ? List.of() : List.copyOf(overlaps);
    unions = unions == null ? List.of() : List.copyOf(unions);
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
    stages = List.copyOf(stages);
    notes = List.copyOf(notes);
  }

  /**
   * A user's model.
   *
   * @param name of its directory
   * @param id hash of its content
   */
  public record PlannedBase(String name, String id) {}

  /**
   * A stage that cannot be reused, though a trained one differs little.
   *
   * @param stage stage id of the planned one
   * @param trained stage id of the nearest trained one
   * @param differences the fields of their specs that differ; never empty
   */
  public record NearMiss(String stage, String trained, List<Difference> differences) {
    public NearMiss {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A field of a stage's spec that differs.
   *
   * @param field dotted, such as {@code optimization.batch_sequences}
   * @param planned its value in the planned stage, or null where it has none
   * @param trained its value in the trained one, likewise
   */
  public record Difference(String field, String planned, String trained) {}

  /**
   * What one point of a recipe trains on, from its first stage to its last, every stage in full
   * whether or not others share it. Points that agree in all of this, such as those that differ in
   * seed or learning rate, have one account.
   *
   * @param recipe the recipe's name
   * @param settings swept values that all its points have in common; empty when the recipe has one
   *     account
   * @param points how many points it is of
   * @param tokens trained tokens by the study's corpus names
   * @param epochs passes over the part of each corpus that the study uses
   * @param flops training operations by stage
   * @param exact whether the numbers are exact
   */
  public record Account(
      String recipe,
      String settings,
      int points,
      Map<String, Long> tokens,
      Map<String, Double> epochs,
      Map<StageKind, Double> flops,
      boolean exact) {
    public Account {
      tokens = Ordered.copy(tokens);
      epochs = Ordered.copy(epochs);
      flops = Ordered.copy(flops);
    }

    /** Training operations of the whole point. */
    public double totalFlops() {
      return flops.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * One stage of the plan.
   *
   * @param id stage id
   * @param kind which of the three stages
   * @param parent stage id of the parent, or null
   * @param recipes names of the recipes that use it, in the study's order
   * @param settings the swept values of this stage, or empty
   * @param seed of the stage
   * @param tokens trained tokens, before any early stop
   * @param exact whether {@code tokens} is exact up to the last document of a cut corpus; an
   *     estimate from the corpus's bytes otherwise
   * @param mayStopEarly whether early stopping may end it before that
   * @param tokensByCorpus by the study's names; what {@code tokens} is made of
   * @param epochs passes over each base corpus, by the study's names
   * @param flops training
   * @param evaluationFlops evaluation of its checkpoint
   * @param seconds training on one trainer
   * @param lineages points that go through it
   * @param done whether it is trained already and costs nothing
   */
  public record PlannedStage(
      String id,
      StageKind kind,
      String parent,
      List<String> recipes,
      String settings,
      long seed,
      long tokens,
      boolean exact,
      boolean mayStopEarly,
      Map<String, Long> tokensByCorpus,
      Map<String, Double> epochs,
      double flops,
      double evaluationFlops,
      double seconds,
      int lineages,
      boolean done) {

    public PlannedStage {
      recipes = List.copyOf(recipes);
      tokensByCorpus = Ordered.copy(tokensByCorpus);
      epochs = Ordered.copy(epochs);
    }
  }
}

package io.holdfast.frontier.conductor;

import io.holdfast.frontier.collection.Claimant;
import io.holdfast.frontier.collection.CollectionPlan;
import io.holdfast.frontier.collection.CollectionPlan.Goes;
import io.holdfast.frontier.collection.CollectionPlan.Stays;
import io.holdfast.frontier.collection.Meanwhile;
import io.holdfast.frontier.collection.Proposal;
import io.holdfast.frontier.collection.Shelved;
import io.holdfast.frontier.conductor.Conductor.LetGo;
import io.holdfast.frontier.persistence.ClaimReader;
import io.holdfast.frontier.persistence.CollectionStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Collects checkpoints that nobody needs. It is planned beside decisions, which takes as long as
 * all studies are large, and carried out in pieces, each of which decides anew about its stages.
 */
@ApplicationScoped
public class Collector {

  /** So many take the ledger for some tens of milliseconds. */
  private static final int PIECE = 200;

  private final Conductor conductor;
  private final CollectionStore store;
  private final ClaimReader claims;

  @Inject
  Collector(Conductor conductor, CollectionStore store, ClaimReader claims) {
    this.conductor = conductor;
    this.store = store;
    this.claims = claims;
  }

  /** What nobody needs, except what ended later than that. */
  public Proposal propose(Instant keptSince) {
    Meanwhile asOf = read(claims::now);
    List<Shelved> shelved = read(store::shelved);
    List<Claimant> claimants = new ArrayList<>();
    for (String study : read(claims::studies)) {
      // Each by itself: what was read of a study is not kept for the next.
      claimants.add(read(() -> claims.of(study)));
    }
    CollectionPlan plan = CollectionPlan.of(shelved, claimants, read(store::pins), keptSince);
    return Proposal.of(plan, shelved, keptSince, asOf);
  }

  private static <T> T read(Callable<T> query) {
    return QuarkusTransaction.requiringNew().call(query);
  }

  /**
   * Lets go what was proposed, but for what somebody may need since, and gives what went. One that
   * is interrupted has let some of it go, and the next one the rest.
   */
  public CollectionPlan carryOut(Proposal proposal) {
    List<Goes> goes = new ArrayList<>();
    List<Stays> stays = new ArrayList<>(proposal.plan().stays());
    Meanwhile known = proposal.asOf();
    List<Shelved> going = proposal.going();
    for (int from = 0; from < going.size(); from += PIECE) {
      List<Shelved> piece = going.subList(from, Math.min(from + PIECE, going.size()));
      LetGo done = conductor.letGo(piece, known, proposal.keptSince());
      goes.addAll(done.plan().goes());
      stays.addAll(done.plan().stays());
      known = done.asOf();
    }
    return new CollectionPlan(goes, stays);
  }
}

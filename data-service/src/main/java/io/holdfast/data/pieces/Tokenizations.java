package io.holdfast.data.pieces;

import io.holdfast.data.corpus.CorpusIdentity;
import io.holdfast.kit.work.LeasedWork;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Shards that several pods make together: which pieces there are, and who waits for them. The last
 * piece of a step submits the next step's, in one transaction with itself; the last of all wakes
 * whoever waits.
 *
 * <p>Everything but {@link #find}, {@link #isWanted} and {@link #done} runs in the caller's
 * transaction.
 */
@ApplicationScoped
public class Tokenizations {

  private final LeasedWork work;
  private final PieceTable pieces;

  @Inject
  Tokenizations(LeasedWork work, PieceTable pieces) {
    this.work = work;
    this.pieces = pieces;
  }

  /** A tokenization that is under way. */
  Optional<Tokenization> find(String id) {
    return QuarkusTransaction.requiringNew().call(() -> TokenizationRow.find(id));
  }

  /** Whether pieces of it are of any use. */
  boolean isWanted(String id) {
    return find(id).filter(found -> found.state() != Tokenization.State.CLEARING).isPresent();
  }

  /** How many of its pieces are published. */
  int done(String id) {
    return QuarkusTransaction.requiringNew().call(() -> pieces.published(id).size());
  }

  /**
   * Work waits for shards, whose making begins unless it has begun.
   *
   * @param priority of the work; pieces have the highest of those who wait
   */
  public void join(Waiter waiter, List<Wanted> wanted, int priority) {
    wanted.stream()
        .map(Wanted::begun)
        .sorted(Comparator.comparing(Tokenization::id))
        .forEach(
            begun -> {
              TokenizationRow row = begin(begun, priority);
              pieces.addWaiter(row.id, waiter);
              if (priority > row.priority) {
                row.priority = priority;
                submitMissing(row);
              }
            });
  }

  private TokenizationRow begin(Tokenization begun, int priority) {
    while (true) {
      boolean isNew = TokenizationRow.insert(begun, priority, Instant.now());
      Optional<TokenizationRow> row = TokenizationRow.lock(begun.id());
      if (row.isPresent()) {
        if (isNew) {
          submitMissing(row.get());
        }
        return row.get();
      }
      // It was there, and ended before it was locked.
    }
  }

  /** Work waits no longer, whatever became of it; what nobody waits for is stopped and removed. */
  public void leave(Waiter waiter) {
    for (String id : pieces.waitedForBy(waiter)) {
      TokenizationRow.lock(id)
          .ifPresent(
              row -> {
                pieces.removeWaiter(id, waiter);
                if (pieces.waiters(id).isEmpty() && row.state != Tokenization.State.CLEARING) {
                  cancel(row);
                  enter(row, Tokenization.State.CLEARING);
                }
              });
    }
  }

  /**
   * A piece is there. What is not to do any more is passed over.
   *
   * @param sums a part's share of the corpus's identity; null for other pieces
   * @param isCorpus whether the sum of all shares is the corpus's
   */
  void made(Piece.Of made, String sums, Predicate<CorpusIdentity> isCorpus) {
    Optional<TokenizationRow> found = TokenizationRow.lock(made.tokenization());
    if (found.isEmpty() || !found.get().tokenization().pieces().contains(made.piece())) {
      return;
    }
    TokenizationRow row = found.get();
    pieces.add(row.id, made.piece(), sums);
    if (!missing(row).isEmpty()) {
      return;
    }
    switch (row.state) {
      case ENCODING -> {
        if (isCorpus.test(identity(row))) {
          enter(row, Tokenization.State.SORTING);
        } else {
          leaveAlone(row);
        }
      }
      case SORTING -> enter(row, Tokenization.State.UNITING);
      case UNITING -> end(row);
      case CLEARING -> cleared(row);
      case ALONE -> throw new IllegalStateException("has no pieces");
    }
  }

  /** The shards are there, from wherever. */
  void found(String id) {
    TokenizationRow.lock(id)
        .filter(row -> row.state != Tokenization.State.CLEARING)
        .ifPresent(this::end);
  }

  /** The shards are there: nobody waits any longer, and what is left of the pieces is removed. */
  private void end(TokenizationRow row) {
    cancel(row);
    wakeWaiters(row);
    pieces.removeWaiters(row.id);
    enter(row, Tokenization.State.CLEARING);
  }

  private CorpusIdentity identity(TokenizationRow row) {
    CorpusIdentity whole = new CorpusIdentity();
    pieces.sums(row.id).forEach(sums -> whole.add(CorpusIdentity.ofSums(sums)));
    return whole;
  }

  /** Somebody may have come in the meantime: then all begins anew. */
  private void cleared(TokenizationRow row) {
    if (pieces.waiters(row.id).isEmpty()) {
      row.delete();
    } else {
      pieces.forgetPieces(row.id);
      enter(row, Tokenization.State.ENCODING);
    }
  }

  /** A piece cannot be made: whoever waits makes the shards alone, and says what is wrong. */
  void giveUp(String id) {
    TokenizationRow.lock(id)
        .filter(row -> row.state != Tokenization.State.CLEARING)
        .ifPresent(this::leaveAlone);
  }

  private void leaveAlone(TokenizationRow row) {
    cancel(row);
    row.state = Tokenization.State.ALONE;
    wakeWaiters(row);
  }

  private void wakeWaiters(TokenizationRow row) {
    pieces.waiters(row.id).forEach(waiter -> work.wake(waiter.kind(), waiter.id()));
  }

  private void enter(TokenizationRow row, Tokenization.State state) {
    row.state = state;
    submitMissing(row);
  }

  private void submitMissing(TokenizationRow row) {
    missing(row).forEach(id -> work.submit(PieceWork.KIND, id, row.priority));
  }

  private void cancel(TokenizationRow row) {
    missing(row).forEach(id -> work.cancel(PieceWork.KIND, id));
  }

  /** Ids of the work of its state that is not done. */
  private List<String> missing(TokenizationRow row) {
    Set<String> published = new HashSet<>(pieces.published(row.id));
    return row.tokenization().pieces().stream()
        .filter(piece -> !published.contains(piece.name()))
        .map(piece -> new Piece.Of(row.id, piece).id())
        .toList();
  }
}

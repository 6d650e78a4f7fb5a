package io.holdfast.data.pieces;

import io.holdfast.artifact.StoreAwayException;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.corpus.CorpusIdentity;
import io.holdfast.data.corpus.CorpusSplit;
import io.holdfast.data.corpus.DocumentsMissingException;
import io.holdfast.data.registry.RegisteredCorpus;
import io.holdfast.kit.work.Lease;
import io.holdfast.kit.work.LeaseLostException;
import io.holdfast.kit.work.WorkHandler;
import io.holdfast.kit.work.WorkItem;
import io.holdfast.lm.durable.UnusableArtifactException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Makes pieces of shards under a lease, one at a time: encoding takes all of the pod's threads. A
 * piece of a pod that died is made by another.
 */
@ApplicationScoped
public class PieceWork implements WorkHandler {

  static final String KIND = "tokenize";

  private static final Logger LOG = Logger.getLogger(PieceWork.class);

  private final Tokenizations tokenizations;
  private final PieceMaker maker;

  @Inject
  PieceWork(Tokenizations tokenizations, PieceMaker maker) {
    this.tokenizations = tokenizations;
    this.maker = maker;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void perform(WorkItem item, Lease lease) {
    Optional<Piece.Of> piece = Piece.Of.parse(item.id());
    Optional<Tokenization> wanted =
        piece
            .flatMap(of -> tokenizations.find(of.tokenization()))
            .filter(of -> of.pieces().contains(piece.get().piece()));
    if (wanted.isEmpty()) {
      return;
    }
    Tokenization of = wanted.get();
    if (of.state() != Tokenization.State.CLEARING && maker.areThere(of)) {
      lease.write(() -> tokenizations.found(of.id()));
    } else {
      make(of, piece.get(), lease);
    }
  }

  private void make(Tokenization of, Piece.Of piece, Lease lease) {
    long begin = System.nanoTime();
    try {
      String sums = make(of, piece.piece(), () -> lease.stopRequested() || !lease.held());
      RegisteredCorpus corpus = maker.corpus(of);
      lease.write(() -> tokenizations.made(piece, sums, whole -> isCorpus(corpus, whole)));
      LOG.infof(
          "%s of %s took %.1f s, %d of %d pieces are done",
          piece.piece().name(),
          corpus.source(),
          Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3,
          tokenizations.done(of.id()),
          of.division().parts() + of.division().buckets().count());
    } catch (LeaseLostException lost) {
      if (!tokenizations.isWanted(of.id())) {
        maker.remove(of, piece.piece());
      }
      throw lost;
    } catch (InvalidInputException | DocumentsMissingException | UnusableArtifactException e) {
      LOG.warnf("%s cannot be made and is left to a pod alone: %s", item(piece), e.getMessage());
      lease.write(() -> tokenizations.giveUp(of.id()));
    } catch (StoreAwayException away) {
      LOG.warnf("%s waits: %s", item(piece), away.getMessage());
      lease.postpone(StoreAwayException.PAUSE);
    } catch (CancellationException e) {
      if (!lease.stopRequested()) {
        throw e;
      }
      lease.giveBack();
    }
  }

  private static String item(Piece.Of piece) {
    return String.format(Locale.ROOT, "%s of %s", piece.piece().name(), piece.tokenization());
  }

  /** Returns a part's share of the corpus's identity, null for other pieces. */
  private String make(Tokenization of, Piece piece, BooleanSupplier stopRequested) {
    switch (piece) {
      case Piece.Part part -> {
        return maker.encode(of, part, stopRequested);
      }
      case Piece.Bucket bucket -> maker.sort(of, bucket);
      case Piece.Whole whole -> maker.unite(of);
      case Piece.Rest rest -> maker.clear(of);
    }
    return null;
  }

  private static boolean isCorpus(RegisteredCorpus corpus, CorpusIdentity whole) {
    CorpusSplit split = new CorpusSplit(corpus.definition().dev(), corpus.definition().test());
    return whole.corpusId(split, corpus.definition().loss()).equals(corpus.id());
  }

  @Override
  public void onExhausted(WorkItem item, Exception lastCause) {
    Piece.Of.parse(item.id())
        .ifPresent(
            piece -> {
              if (piece.piece() instanceof Piece.Rest) {
                tokenizations.made(piece, null, whole -> false);
              } else {
                tokenizations.giveUp(piece.tokenization());
              }
            });
  }
}

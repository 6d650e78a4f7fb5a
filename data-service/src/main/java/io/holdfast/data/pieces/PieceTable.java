package io.holdfast.data.pieces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.Session;

/**
 * Tables {@code tokenization_piece} and {@code tokenization_wait}. Everything happens in the
 * caller's transaction, in which the tokenization is locked.
 */
@ApplicationScoped
class PieceTable {

  private final Session database;

  @Inject
  PieceTable(Session database) {
    this.database = database;
  }

  /**
   * A piece is published; done again it changes nothing.
   *
   * @param sums a part's share of the corpus's identity, or null
   */
  void add(String tokenization, Piece piece, String sums) {
    database
        .createNativeMutationQuery(
            "insert into tokenization_piece values (?1, ?2, ?3) on conflict do nothing")
        .setParameter(1, tokenization)
        .setParameter(2, piece.name())
        .setParameter(3, sums)
        .executeUpdate();
  }

  /** Names of the pieces that are published. */
  List<String> published(String tokenization) {
    return database
        .createNativeQuery(
            "select piece from tokenization_piece where tokenization_id = ?1", String.class)
        .setParameter(1, tokenization)
        .getResultList();
  }

  /** Sums of all parts. */
  List<String> sums(String tokenization) {
    return database
        .createNativeQuery(
            "select sums from tokenization_piece where tokenization_id = ?1 and sums is not null",
            String.class)
        .setParameter(1, tokenization)
        .getResultList();
  }

  void removeWaiters(String tokenization) {
    database
        .createNativeMutationQuery("delete from tokenization_wait where tokenization_id = ?1")
        .setParameter(1, tokenization)
        .executeUpdate();
  }

  void forgetPieces(String tokenization) {
    database
        .createNativeMutationQuery("delete from tokenization_piece where tokenization_id = ?1")
        .setParameter(1, tokenization)
        .executeUpdate();
  }

  void addWaiter(String tokenization, Waiter waiter) {
    database
        .createNativeMutationQuery(
            "insert into tokenization_wait values (?1, ?2, ?3) on conflict do nothing")
        .setParameter(1, tokenization)
        .setParameter(2, waiter.kind())
        .setParameter(3, waiter.id())
        .executeUpdate();
  }

  List<Waiter> waiters(String tokenization) {
    return database
        .createNativeQuery(
            "select work_kind, work_id from tokenization_wait where tokenization_id = ?1",
            Object[].class)
        .setParameter(1, tokenization)
        .getResultList()
        .stream()
        .map(row -> new Waiter((String) row[0], (String) row[1]))
        .toList();
  }

  /** What somebody waits for; before its rows are locked. */
  List<String> waitedForBy(Waiter waiter) {
    return database
        .createNativeQuery(
            "select tokenization_id from tokenization_wait where work_kind = ?1 and work_id = ?2"
                + " order by 1",
            String.class)
        .setParameter(1, waiter.kind())
        .setParameter(2, waiter.id())
        .getResultList();
  }

  void removeWaiter(String tokenization, Waiter waiter) {
    database
        .createNativeMutationQuery(
            "delete from tokenization_wait"
                + " where tokenization_id = ?1 and work_kind = ?2 and work_id = ?3")
        .setParameter(1, tokenization)
        .setParameter(2, waiter.kind())
        .setParameter(3, waiter.id())
        .executeUpdate();
  }
}

/**
 * What happens to stages and studies, as pure functions: {@link
 * io.holdfast.frontier.lifecycle.Lifecycle} decides from a {@link
 * io.holdfast.frontier.lifecycle.Ledger} and an event; applying the decided changes, and nothing
 * else, changes a ledger. Deciding twice, late or in another order of topics ends in the same
 * state.
 */
package io.holdfast.frontier.lifecycle;

/**
 * Running studies in memory, kept up by reading what changed: what decisions and frontiers need of
 * them, as pure values. See docs/decisions/0011-incremental-frontiers.md.
 */
package io.holdfast.frontier.replica;

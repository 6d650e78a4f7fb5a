/**
 * Sets of points where lower is better in every coordinate: which are optimal, how much they
 * dominate, and by how much one set beats another. Points are rows, coordinates are finite.
 */
package io.holdfast.frontier.statistics.front;

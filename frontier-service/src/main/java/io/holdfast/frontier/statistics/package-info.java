/**
 * From losses to statements: Pareto fronts, curves, and comparisons of recipes paired by seed. Pure
 * functions; every number carries its n and its uncertainty.
 */
package io.holdfast.frontier.statistics;

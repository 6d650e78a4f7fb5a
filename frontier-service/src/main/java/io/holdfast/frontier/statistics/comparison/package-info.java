/** Fronts of recipes with their spread over seeds, and one recipe's fronts against another's. */
package io.holdfast.frontier.statistics.comparison;

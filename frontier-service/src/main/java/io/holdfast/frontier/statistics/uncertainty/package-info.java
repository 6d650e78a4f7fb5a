/**
 * What a handful of seeds allows to say about a number that each seed gives once: intervals, tests,
 * and corrections for making several.
 */
package io.holdfast.frontier.statistics.uncertainty;

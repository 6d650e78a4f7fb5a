/** Claims put to the test: supported, contradicted, or left open by a study's results. */
package io.holdfast.frontier.statistics.verdict;

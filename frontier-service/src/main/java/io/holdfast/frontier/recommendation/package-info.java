/**
 * Which upstream recipe to use, how sure that is, and which runs would make it surer. Pure
 * functions of a study's points; see docs/guides/recommendation.md for the method and its sources.
 */
package io.holdfast.frontier.recommendation;

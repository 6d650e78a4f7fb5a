package io.holdfast.frontier.statistics.verdict;

import io.holdfast.contracts.study.Claim.LawData;
import io.holdfast.frontier.law.LawResult;

/**
 * A scaling law that a claim may be about.
 *
 * @param recipe the first of those that share all stages before fine-tuning
 * @param of the data whose loss it is about
 * @param result the fit, or what the runs lack
 */
public record ClaimedLaw(String recipe, LawData of, LawResult result) {}

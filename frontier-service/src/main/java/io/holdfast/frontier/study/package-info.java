/**
 * From a study to its tree of stages, and what that would cost: pure functions of the study file
 * and of what data-service found in its corpora.
 */
package io.holdfast.frontier.study;

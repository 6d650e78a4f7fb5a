/** From a study's text to a checked study, or to everything that is wrong with it at once. */
package io.holdfast.frontier.submission;

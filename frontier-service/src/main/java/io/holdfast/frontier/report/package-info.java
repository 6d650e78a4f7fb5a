/**
 * What a study shows, for people: the verdict in words, tables, figures, the report page and the
 * terminal's summary. Pure functions of a {@link io.holdfast.frontier.snapshot.StudySnapshot}.
 */
package io.holdfast.frontier.report;

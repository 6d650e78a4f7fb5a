/**
 * A study as it stands at one moment, read in one transaction. Everything that is shown of a study
 * (JSON, tables, figures, the report) is a pure function of a {@link
 * io.holdfast.frontier.snapshot.StudySnapshot}.
 */
package io.holdfast.frontier.snapshot;

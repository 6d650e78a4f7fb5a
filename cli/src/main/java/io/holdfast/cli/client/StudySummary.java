package io.holdfast.cli.client;

import java.time.Instant;

/** A study in the list of all, newest first. */
public record StudySummary(
    String id, String name, String state, Instant submittedAt, StudyView.Progress progress) {}

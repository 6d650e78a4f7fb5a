package io.holdfast.kit.work;

/**
 * A piece of work that was submitted.
 *
 * @param kind which handler performs it
 * @param id which piece; the service's tables say what it means
 * @param failures how often its handler has failed in a row
 * @param crashes how often its worker has died since it last made progress
 */
public record WorkItem(String kind, String id, int failures, int crashes) {}

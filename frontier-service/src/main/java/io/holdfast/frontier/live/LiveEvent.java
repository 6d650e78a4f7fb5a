package io.holdfast.frontier.live;

/**
 * One event for subscribers.
 *
 * @param id grows by one from event to event, over all studies
 * @param studyId which study
 * @param type SSE event type
 * @param data JSON
 */
public record LiveEvent(long id, String studyId, String type, String data) {}

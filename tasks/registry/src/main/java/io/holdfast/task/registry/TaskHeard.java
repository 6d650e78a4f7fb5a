package io.holdfast.task.registry;

import io.holdfast.contracts.task.TaskName;

/**
 * CDI event, fired in the transaction that stores it: a task is here that was not, or answers
 * elsewhere. Whatever waits for it may go on.
 */
public record TaskHeard(TaskName name) {}

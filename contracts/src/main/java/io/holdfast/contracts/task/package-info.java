/**
 * Version 1 of the protocol between Holdfast and task services: what a service says of itself, the
 * lines that it streams, and how it scores answers. Plain HTTP and JSON; {@code
 * docs/guides/tasks.md} shows it from the outside, decision 9 says why it is as it is.
 *
 * <p>Values that a stranger sends are checked when they are made. {@link
 * io.holdfast.contracts.task.TaskJson} reads them from text and names every fault with its place.
 */
package io.holdfast.contracts.task;

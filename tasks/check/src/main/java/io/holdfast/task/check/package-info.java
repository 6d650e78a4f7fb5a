/**
 * The conformance kit: asks a task service everything that Holdfast would ever ask it, and more,
 * and says all that is wrong at once. {@link io.holdfast.task.check.TaskCheck} is the way in.
 */
package io.holdfast.task.check;

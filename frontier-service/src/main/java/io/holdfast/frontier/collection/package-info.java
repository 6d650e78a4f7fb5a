/** Which checkpoints nobody needs any more: pure decisions, what they look at, and pins. */
package io.holdfast.frontier.collection;

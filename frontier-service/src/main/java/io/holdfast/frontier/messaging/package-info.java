/** Kafka: what the other services say. */
package io.holdfast.frontier.messaging;

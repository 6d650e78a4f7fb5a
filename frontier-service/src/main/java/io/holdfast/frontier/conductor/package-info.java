/** Applies decisions: state, outgoing events and live events in one transaction. */
package io.holdfast.frontier.conductor;

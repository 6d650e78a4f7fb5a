/** Who comes to this service: tokens for machines, and browsers that showed a token once. */
package io.holdfast.frontier.access;

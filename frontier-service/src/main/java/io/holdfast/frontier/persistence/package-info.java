/** Tables of the frontier service, and the translation between rows and the domain's records. */
package io.holdfast.frontier.persistence;

/**
 * The client of task services. A service is a stranger: it may be hostile, slow or gone, and must
 * then harm only who asked it.
 *
 * <p>What is guaranteed:
 *
 * <ul>
 *   <li>Only hosts of the operator's list are spoken to, and only at addresses of allowed kinds
 *       ({@link io.holdfast.task.client.AddressKind}). A plain HTTP connection is made to the very
 *       address that was checked, so a name that resolves differently the next moment changes
 *       nothing. Over TLS the name is resolved again, but whoever answers must have a certificate
 *       for it, which the services of a private network have not.
 *   <li>No redirect is followed, no proxy used, no compression asked for or accepted, no cookie
 *       kept.
 *   <li>Bytes, lines, length of a line, depth of JSON and time are bounded ({@link
 *       io.holdfast.task.client.TaskLimits}); memory is bounded by the bytes.
 *   <li>A split that is handed out whole has the lines, bytes and SHA-256 that the description
 *       says.
 *   <li>Failures are values ({@link io.holdfast.task.client.Outcome}): what may pass by waiting is
 *       told apart from what will not.
 * </ul>
 */
package io.holdfast.task.client;

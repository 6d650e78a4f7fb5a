/**
 * Task services that people register here: checked, announced to everybody, and announced again for
 * as long as they answer.
 */
package io.holdfast.frontier.task;

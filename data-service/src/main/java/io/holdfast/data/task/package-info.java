/**
 * Training documents of tasks: brought once into the artifact store, under their content's hash.
 * From then on they are files like any others, and the task's service is not needed any more.
 */
package io.holdfast.data.task;

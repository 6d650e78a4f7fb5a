/**
 * Published directories for all services: shards, tokenizers, models, checkpoints. A service writes
 * and reads local files; here they become everybody's, and everybody's are brought here.
 */
package io.holdfast.artifact;

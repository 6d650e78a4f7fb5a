/**
 * Artifacts in an S3 bucket. A directory's files are uploaded first and its completeness marker
 * last, so that an upload that was cut is invisible; downloads go by ranges, are resumed by whoever
 * comes next, and are checked against the marker's SHA-256 before anybody reads them.
 */
package io.holdfast.artifact.s3;

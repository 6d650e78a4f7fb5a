package io.holdfast.artifact;

/** Where what is published lies. */
public enum StoreKind {
  /** In a folder that all services see. */
  FOLDER,
  /** In a bucket, with a folder of each process as its cache. */
  S3
}

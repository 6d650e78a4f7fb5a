package io.holdfast.artifact.s3;

import io.holdfast.artifact.ArtifactsConfig;
import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * How to reach and use a bucket.
 *
 * @param prefix empty, or ends with '/'
 * @param endpoint null for Amazon's own
 * @param region null for the SDK's own search
 * @param cacheBytes most that is kept here of what is in the bucket
 * @param partBytes bytes of a part or a range
 * @param connections parts and ranges at a time
 * @param attempts tries of a request, and of a range without progress
 * @param timeout longest silence of a connection
 */
public record S3Settings(
    String bucket,
    String prefix,
    URI endpoint,
    String region,
    boolean pathStyle,
    AwsCredentialsProvider credentials,
    long cacheBytes,
    long partBytes,
    int connections,
    int attempts,
    Duration timeout) {

  /** S3's own limit for every part but the last. */
  private static final long MIN_PART_BYTES = 5 << 20;

  /**
   * Reads the configuration.
   *
   * @throws InvalidInputException with everything that is wrong with it
   */
  public static S3Settings of(ArtifactsConfig config) {
    ArtifactsConfig.S3 s3 = config.s3();
    List<Problem> problems = problems(s3);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new S3Settings(
        s3.bucket().orElseThrow(),
        s3.prefix().map(p -> p.endsWith("/") ? p : p + "/").orElse(""),
        s3.endpoint().orElse(null),
        s3.region().orElse(null),
        s3.pathStyle(),
        credentials(s3),
        config.cacheSize().asLongValue(),
        s3.partSize().asLongValue(),
        s3.connections(),
        s3.attempts(),
        s3.timeout());
  }

  private static AwsCredentialsProvider credentials(ArtifactsConfig.S3 s3) {
    return s3.accessKey().isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(s3.accessKey().get(), s3.secretKey().orElseThrow()))
        : DefaultCredentialsProvider.builder().build();
  }

  private static List<Problem> problems(ArtifactsConfig.S3 s3) {
    List<Problem> problems = new ArrayList<>();
    if (s3.bucket().isEmpty()) {
      problems.add(problem("bucket", null, "The store is s3, but no bucket is named.", "Name it."));
    }
    if (s3.accessKey().isPresent() != s3.secretKey().isPresent()) {
      problems.add(
          problem(
              s3.accessKey().isPresent() ? "secret-key" : "access-key",
              null,
              "One key is given without the other.",
              "Give both, or neither for the SDK's default chain."));
    }
    if (s3.partSize().asLongValue() < MIN_PART_BYTES) {
      problems.add(
          problem(
              "part-size",
              s3.partSize().asLongValue(),
              "S3 takes no parts below 5 MiB.",
              "Give 5M or more."));
    }
    if (s3.connections() < 1) {
      problems.add(
          problem("connections", s3.connections(), "It is not positive.", "Give 1 or more."));
    }
    if (s3.attempts() < 1) {
      problems.add(problem("attempts", s3.attempts(), "It is not positive.", "Give 1 or more."));
    }
    return problems;
  }

  private static Problem problem(String key, Object value, String message, String remedy) {
    return Problem.at("holdfast.artifacts.s3." + key, "store-setting", value, message, remedy);
  }

  /** Without the credentials, whatever their provider would print of itself. */
  @Override
  public String toString() {
    return "s3://%s/%s%s".formatted(bucket, prefix, endpoint == null ? "" : " at " + endpoint);
  }
}

package io.holdfast.artifact.s3;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the client. */
final class Connection {

  private Connection() {}

  static S3Client to(S3Settings settings) {
    S3ClientBuilder client =
        S3Client.builder()
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    // One more for the small requests beside the transfers.
                    .maxConnections(settings.connections() + 1)
                    .connectionTimeout(settings.timeout())
                    .socketTimeout(settings.timeout()))
            .credentialsProvider(settings.credentials())
            .forcePathStyle(settings.pathStyle())
            // We send a Content-MD5: chunked bodies with newer checksums behind them are more than
            // many stores other than Amazon's understand.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .overrideConfiguration(
                common ->
                    common.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(settings.attempts())
                            .build()));
    if (settings.endpoint() != null) {
      // Stores other than Amazon's have one region, whatever it is called.
      client.endpointOverride(settings.endpoint()).region(Region.US_EAST_1);
    }
    if (settings.region() != null) {
      client.region(Region.of(settings.region()));
    }
    return client.build();
  }
}

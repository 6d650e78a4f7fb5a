package io.holdfast.artifact;

import io.holdfast.artifact.s3.S3Artifacts;
import io.holdfast.artifact.s3.S3Settings;
import io.holdfast.kit.artifact.ArtifactStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the store that the configuration names. */
@ApplicationScoped
class StoreChoice {

  @Produces
  @Singleton
  SharedArtifacts store(ArtifactsConfig config, ArtifactStore local) {
    return switch (config.store()) {
      case FOLDER -> new SharedFolder(local);
      case S3 -> S3Artifacts.open(local, S3Settings.of(config));
    };
  }

  void close(@Disposes SharedArtifacts store) {
    if (store instanceof S3Artifacts s3) {
      s3.close();
    }
  }
}

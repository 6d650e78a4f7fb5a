package io.holdfast.artifact.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** A real S3 server in this JVM, which checks signatures, with one bucket in a folder. */
public final class S3Server implements AutoCloseable {

  public static final String BUCKET = "artifacts";
  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "test-secret-that-nobody-logs";

  private final BlobStoreContext context;
  private final S3Proxy server;

  private S3Server(BlobStoreContext context, S3Proxy server) {
    this.context = context;
    this.server = server;
  }

  /** Starts one that keeps its objects in a folder. */
  public static S3Server start(Path folder) throws Exception {
    Properties storage = new Properties();
    storage.setProperty("jclouds.filesystem.basedir", folder.toString());
    BlobStoreContext context =
        ContextBuilder.newBuilder("filesystem-nio2")
            .credentials("local", "local")
            .overrides(storage)
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    return new S3Server(context, server);
  }

  public int port() {
    return server.getPort();
  }

  /** Its own address. */
  public URI address() {
    return at(port());
  }

  static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() throws Exception {
    server.stop();
    context.close();
  }
}

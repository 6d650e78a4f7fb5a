package io.holdfast.task.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.contracts.problem.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only allowed hosts at allowed addresses are spoken to. */
class DestinationsTest {

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, PUBLIC",
    "127.0.0.1, LOOPBACK",
    "127.255.255.254, LOOPBACK",
    "10.1.2.3, PRIVATE",
    "172.16.0.1, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.1, PUBLIC",
    "192.168.1.1, PRIVATE",
    "100.64.0.1, PRIVATE",
    "100.100.100.200, PRIVATE",
    "100.128.0.1, PUBLIC",
    "169.254.169.254, LINK_LOCAL",
    "0.0.0.0, RESERVED",
    "0.1.2.3, RESERVED",
    "192.0.0.192, RESERVED",
    "198.18.0.1, RESERVED",
    "224.0.0.1, RESERVED",
    "255.255.255.255, RESERVED",
    "::1, LOOPBACK",
    "::, RESERVED",
    "fe80::1, LINK_LOCAL",
    "fc00::1, PRIVATE",
    "fd00:ec2::254, PRIVATE",
    "ff02::1, RESERVED",
    "2606:4700:4700::1111, PUBLIC",
    "::ffff:127.0.0.1, LOOPBACK",
    "::ffff:169.254.169.254, LINK_LOCAL",
    "::127.0.0.1, LOOPBACK",
    "64:ff9b::a9fe:a9fe, LINK_LOCAL",
    "64:ff9b::808:808, PUBLIC",
    "2002:7f00:1::, LOOPBACK",
    "2001:0:4136:e378::, RESERVED"
  })
  void kindsFollowTheRegistries(String address, AddressKind kind) throws Exception {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1",
        "http://localhost:1",
        "http://[::1]:1",
        "http://[::ffff:127.0.0.1]:1",
        "http://169.254.169.254/latest",
        "http://2130706433:1",
        "http://0x7f.1:1",
        "http://0.0.0.0:1",
        "https://192.168.0.1"
      })
  void addressesOfOurOwnNetworkAreRefusedUnlessAllowed(String url) {
    assertThat(of(TaskAccess.publicOnly(), Resolver.SYSTEM, url))
        .as(url)
        .isInstanceOfAny(Outcome.Violation.class, Outcome.Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.test",
        "file:///etc/passwd",
        "http://user:secret@a.test",
        "http://a.test/?x=1",
        "http://a.test/#x",
        "a.test",
        "http:a"
      })
  void onlyPlainWebAddressesAreServices(String url) {
    assertThat(codes(of(TaskAccess.publicOnly(), host -> List.of(), url)))
        .containsExactly("task-bad-url");
  }

  @Test
  void oneForbiddenAddressAmongSeveralIsEnough() throws Exception {
    Resolver mixed =
        host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));

    assertThat(codes(of(TaskAccess.publicOnly(), mixed, "http://mixed.test")))
        .containsExactly("task-address-not-allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "tasks.test, http://tasks.test, true",
    "tasks.test, http://TASKS.test:8080, true",
    "tasks.test:8080, http://tasks.test:8080, true",
    "tasks.test:8080, http://tasks.test:9090, false",
    "tasks.test:443, https://tasks.test, true",
    "*.tasks.test, http://a.tasks.test, true",
    "*.tasks.test, http://tasks.test, false",
    "*.tasks.test, http://eviltasks.test, false",
    "tasks.test, http://tasks.test.evil.test, false",
    "*, http://any.test, true"
  })
  void hostsAreThoseOfTheList(String allowed, String url, boolean expected) {
    TaskAccess access = new TaskAccess(List.of(allowed), Set.of(AddressKind.PUBLIC));
    Resolver anywhere = host -> List.of(InetAddress.getByName("8.8.8.8"));

    assertThat(of(access, anywhere, url) instanceof Outcome.Success).isEqualTo(expected);
  }

  /** The name resolves to an allowed address once, and to a forbidden one whenever asked again. */
  @Test
  void connectsToTheVeryAddressThatWasChecked() throws Exception {
    Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "169.254.169.254"));
    Resolver rebinding =
        host -> List.of(InetAddress.getByName(answers.size() > 1 ? answers.pop() : answers.peek()));
    try (RawServer server =
            new RawServer((target, out) -> RawServer.head(out, 200, "text/plain", ""));
        TaskClient client =
            new TaskClient(
                new TaskAccess(List.of("rebinding.test"), EnumSet.of(AddressKind.LOOPBACK)),
                TaskLimits.DEFAULT,
                rebinding,
                Trust.system())) {
      URI base = URI.create("http://rebinding.test:" + server.port() + "/capitals");

      assertThat(client.healthy(base)).isEqualTo(Outcome.success(true));
      assertThat(server.requests())
          .as("the connection went to 127.0.0.1, the name only into the header")
          .containsExactly("/capitals/health rebinding.test:" + server.port());
      assertThat(codes(client.healthy(base))).containsExactly("task-address-not-allowed");
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static Outcome<Destination> of(TaskAccess access, Resolver resolver, String url) {
    return new Destinations(access, resolver).of(URI.create(url));
  }

  private static List<String> codes(Outcome<?> outcome) {
    return outcome instanceof Outcome.Violation<?> violation
        ? violation.problems().stream().map(Problem::code).toList()
        : List.of(outcome.toString());
  }
}

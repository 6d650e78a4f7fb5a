package io.holdfast.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.kit.security.Roles;
import io.holdfast.kit.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: who may see it, and that it follows what happens. */
@QuarkusTest
@EnabledIf(
    value = "io.holdfast.frontier.Chromium#isHere",
    disabledReason = "Chromium is not installed")
class BrowserIT extends StudyFixture {

  /** The browser's last processes may still write there. */
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path profile;

  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void thePageAsksForATokenAndThenFollowsWhatHappens() {
    browser.open(page());
    await().until(() -> browser.text().contains("Sign in"));
    assertThat(browser.text()).contains("not signed in", "./holdfast status");

    signIn("hf_wrong");
    await().until(() -> browser.text().contains("This token is not known here."));

    signIn(TestTokens.of(Roles.VIEWER));
    await().until(() -> browser.text().contains("Studies"));
    await().until(() -> shown("connection").equals("live"));
    assertThat(browser.evaluate("document.cookie")).isEmpty();
    assertThat(browser.text()).doesNotContain("watched-by-a-browser");

    submit(study("watched-by-a-browser", "301"));

    await().until(() -> browser.text().contains("watched-by-a-browser"));
  }

  @Test
  void theLinkWithATokenSignsInAndKeepsItNowhere() {
    String token = TestTokens.of(Roles.VIEWER);
    browser.open(page() + "#token=" + token);

    await().until(() -> shown("connection").equals("live"));
    assertThat(browser.evaluate("location.href")).isEqualTo(page());
    assertThat(browser.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
        .doesNotContain(token);
  }

  @Test
  void aLinkWithAWrongTokenAsksForAnother() {
    browser.open(page() + "#token=hf_wrong");

    await().until(() -> browser.text().contains("Sign in"));
    assertThat(browser.text()).contains("not signed in", "This token is not known here.");
  }

  private static void signIn(String token) {
    browser.evaluate(
        "(document.querySelector('input[name=token]').value = '%s', document.querySelector('form').requestSubmit())"
            .formatted(token));
  }

  private static String shown(String id) {
    return browser.evaluate("document.getElementById('%s')?.textContent".formatted(id));
  }

  private static String page() {
    return "http://localhost:" + RestAssured.port + "/";
  }
}

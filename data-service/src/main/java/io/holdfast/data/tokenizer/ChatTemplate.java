package io.holdfast.data.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import io.holdfast.data.corpus.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a tokenizer's models write conversations: a Jinja template, with the settings and functions
 * that Hugging Face's {@code apply_chat_template} gives it. Thread-safe.
 */
public final class ChatTemplate {

  /** The file that newer models have it in; older ones have it in their configuration. */
  public static final String FILE = "chat_template.jinja";

  /** ChatML, for tokenizers without a template of their own. */
  static final String CHATML =
      "{% for message in messages %}"
          + "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
          + "{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  private static final int MAX_CHARACTERS = 1 << 26;
  private static final Jinjava JINJA = jinja();

  private final String source;
  private final String endOfText;

  ChatTemplate(String source, String endOfText) {
    this.source = source;
    this.endOfText = endOfText;
  }

  private static Jinjava jinja() {
    Jinjava jinja =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                // Else what people wrote in their messages would be run as a template.
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(MAX_CHARACTERS)
                .withDisabled(Map.of(Library.TAG, Set.of("include", "import", "from", "extends")))
                .build());
    jinja
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", ChatTemplate.class, "refuse", String.class));
    return jinja;
  }

  /** What a template calls that does not like a conversation. */
  public static String refuse(String reason) {
    throw new IllegalArgumentException(reason);
  }

  /** The template that lies beside a {@code tokenizer.json}, if there is one. */
  public static Optional<String> beside(Path tokenizer) {
    Path file = tokenizer.resolveSibling(FILE);
    if (Files.isRegularFile(file)) {
      try {
        return Optional.of(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Path config = tokenizer.resolveSibling("tokenizer_config.json");
    return Files.isRegularFile(config)
        ? configured(TokenizerFile.json(config).path("chat_template"))
        : Optional.empty();
  }

  /** One text, or several by name, of which {@code default} is for plain conversations. */
  private static Optional<String> configured(JsonNode template) {
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return Optional.ofNullable(named.path("template").textValue());
      }
    }
    return Optional.ofNullable(template.textValue());
  }

  /** Why a conversation cannot be written. */
  static final class RefusedException extends Exception {
    RefusedException(String reason) {
      super(reason);
    }
  }

  /**
   * A conversation as text.
   *
   * @param generationPrompt whether the beginning of an assistant's turn follows
   * @throws RefusedException when the template does not like it, or is not understood
   */
  String render(List<Message> messages, boolean generationPrompt) throws RefusedException {
    Map<String, Object> context = new HashMap<>();
    context.put(
        "messages",
        messages.stream().map(m -> Map.of("role", m.role(), "content", m.content())).toList());
    context.put("add_generation_prompt", generationPrompt);
    context.put("bos_token", endOfText);
    context.put("eos_token", endOfText);
    RenderResult result = JINJA.renderForResult(source, context);
    Optional<TemplateError> error = result.getErrors().stream().findFirst();
    if (error.isPresent()) {
      throw new RefusedException(reason(error.get()));
    }
    return result.getOutput();
  }

  private static String reason(TemplateError error) {
    Throwable cause = error.getException();
    while (cause != null && !(cause instanceof IllegalArgumentException)) {
      cause = cause.getCause();
    }
    return cause == null ? error.getMessage() : cause.getMessage();
  }
}

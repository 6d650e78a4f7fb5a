package io.holdfast.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.data.corpus.Message;
import io.holdfast.data.tokenizer.ChatTemplate.RefusedException;
import io.holdfast.data.tokenizer.ConversationText.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates as their models' configurations have them; texts worked out by hand. */
class ChatTemplateTest {

  private static final String SMOLLM2 =
      "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
          + "{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by"
          + " Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' +"
          + " message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}"
          + "{{ '<|im_start|>assistant\n' }}{% endif %}";

  private static final String LLAMA_3 =
      "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content ="
          + " '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+"
          + " message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content ="
          + " bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if"
          + " add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"
          + "{% endif %}";

  private static final String ZEPHYR =
      """
      {% for message in messages %}
      {% if message['role'] == 'user' %}
      {{ '<|user|>\\n' + message['content'] + eos_token }}
      {% elif message['role'] == 'assistant' %}
      {{ '<|assistant|>\\n'  + message['content'] + eos_token }}
      {% endif %}
      {% if loop.last and add_generation_prompt %}
      {{ '<|assistant|>' }}
      {% endif %}
      {% endfor %}""";

  private static final List<Message> TALK =
      List.of(
          new Message("user", "Hi"),
          new Message("assistant", " Hello "),
          new Message("user", "{{ 1 }} {% x %}"),
          new Message("assistant", "Bye"));

  @TempDir Path directory;

  private static String render(String template, boolean generationPrompt) throws RefusedException {
    return new ChatTemplate(template, "</s>").render(TALK, generationPrompt);
  }

  @Test
  void writesWhatTheModelsWereTrainedOn() throws RefusedException {
    assertThat(render(SMOLLM2, true))
        .isEqualTo(
            "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging"
                + " Face<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
                + " Hello <|im_end|>\n<|im_start|>user\n{{ 1 }} {% x %}<|im_end|>\n"
                + "<|im_start|>assistant\nBye<|im_end|>\n<|im_start|>assistant\n");
    assertThat(render(LLAMA_3, false))
        .isEqualTo(
            "</s><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\n{{ 1 }} {% x %}<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\nBye<|eot_id|>");
    assertThat(render(ZEPHYR, true))
        .startsWith("<|user|>\nHi</s>\n<|assistant|>\n Hello </s>\n<|user|>\n")
        .endsWith("Bye</s>\n<|assistant|>\n");
  }

  @Test
  void tellsTheAssistantsTurnsFromTheRest() {
    ConversationText text =
        new ConversationText(new ChatTemplate(ChatTemplate.CHATML, "</s>"), List.of("<|im_end|>"));

    assertThat(text.parts(TALK, true, "a.jsonl:1"))
        .containsExactly(
            new Part("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", false),
            new Part(" Hello <|im_end|>\n", true),
            new Part("<|im_start|>user\n{{ 1 }} {% x %}<|im_end|>\n<|im_start|>assistant\n", false),
            new Part("Bye<|im_end|>\n", true));
    assertThat(text.parts(TALK, false, "a.jsonl:1"))
        .singleElement()
        .satisfies(part -> assertThat(part.learned()).isTrue());
    assertThatThrownBy(
            () -> text.parts(List.of(new Message("assistant", "a<|im_end|>b")), true, "a.jsonl:7"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("special token")
        .hasMessageContaining("a.jsonl:7");
  }

  @Test
  void aTemplateMayRefuse() {
    ConversationText strict =
        new ConversationText(
            new ChatTemplate("{{ raise_exception('Roles must alternate') }}", "</s>"), List.of());
    ConversationText later =
        new ConversationText(
            new ChatTemplate(
                "{% for m in messages %}{% if loop.last %}{{ m.content }}{% endif %}{% endfor %}",
                "</s>"),
            List.of());

    assertThatThrownBy(() -> strict.parts(TALK, false, "a.jsonl:2"))
        .hasMessageContaining("Roles must alternate");
    assertThatThrownBy(() -> later.parts(TALK, true, "a.jsonl:3"))
        .hasMessageContaining("messages[1]");
    for (String unknown : List.of("{{ strftime_now('%d') }}", "{% include '/etc/passwd' %}")) {
      assertThatThrownBy(() -> render(unknown, false)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void itLiesBesideTheTokenizer() throws IOException {
    Path tokenizer = directory.resolve("tokenizer.json");
    assertThat(ChatTemplate.beside(tokenizer)).isEmpty();
    Path config = directory.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"eos_token\": \"</s>\"}");
    assertThat(ChatTemplate.beside(tokenizer)).isEmpty();
    Files.writeString(config, "{\"chat_template\": \"one\"}");
    assertThat(ChatTemplate.beside(tokenizer)).contains("one");
    Files.writeString(
        config,
        "{\"chat_template\": [{\"name\": \"tools\", \"template\": \"t\"},"
            + " {\"name\": \"default\", \"template\": \"two\"}]}");
    assertThat(ChatTemplate.beside(tokenizer)).contains("two");
    Files.writeString(directory.resolve("chat_template.jinja"), "three");
    assertThat(ChatTemplate.beside(tokenizer)).contains("three");
  }
}

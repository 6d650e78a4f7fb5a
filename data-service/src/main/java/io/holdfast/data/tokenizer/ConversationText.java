package io.holdfast.data.tokenizer;

import io.holdfast.contracts.problem.InvalidInputException;
import io.holdfast.contracts.problem.Problem;
import io.holdfast.data.corpus.Message;
import io.holdfast.data.tokenizer.ChatTemplate.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes conversations by a tokenizer's template, and tells the assistant's turns from the rest.
 */
public final class ConversationText {

  private final ChatTemplate template;
  private final List<String> specialTokens;

  ConversationText(ChatTemplate template, List<String> specialTokens) {
    this.template = template;
    this.specialTokens = List.copyOf(specialTokens);
  }

  /**
   * A stretch of a conversation's text.
   *
   * @param learned whether it is what an assistant's turn adds to the beginning of one, its end
   *     mark included
   */
  public record Part(String text, boolean learned) {}

  /**
   * A conversation's text, in order.
   *
   * @param assistantOnly whether only the assistant's turns are learned; else all of it is one part
   * @param place for messages
   * @throws InvalidInputException when a message spells a special token, or the template refuses
   *     the conversation or does not write it turn by turn
   */
  public List<Part> parts(List<Message> messages, boolean assistantOnly, String place) {
    requireNoSpecialTokens(messages, place);
    try {
      String whole = template.render(messages, false);
      if (!assistantOnly) {
        return List.of(new Part(whole, true));
      }
      List<Part> parts = new ArrayList<>();
      int done = 0;
      for (int turn = 0; turn < messages.size(); turn++) {
        if (messages.get(turn).isAssistants()) {
          String before = template.render(messages.subList(0, turn), true);
          String through = template.render(messages.subList(0, turn + 1), false);
          if (!whole.startsWith(through) || !through.startsWith(before) || before.length() < done) {
            throw refused(place, "messages[%d]".formatted(turn), NOT_TURN_BY_TURN);
          }
          add(parts, whole.substring(done, before.length()), false);
          add(parts, whole.substring(before.length(), through.length()), true);
          done = through.length();
        }
      }
      add(parts, whole.substring(done), false);
      return parts;
    } catch (RefusedException e) {
      throw refused(place, "messages", "The chat template refuses it: " + e.getMessage() + ".");
    }
  }

  private static final String NOT_TURN_BY_TURN =
      "The chat template writes earlier turns otherwise when later ones follow, so that the"
          + " assistant's turns cannot be told from the rest.";

  private static void add(List<Part> parts, String text, boolean learned) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, learned));
    }
  }

  private void requireNoSpecialTokens(List<Message> messages, String place) {
    for (int turn = 0; turn < messages.size(); turn++) {
      String content = messages.get(turn).content();
      Optional<String> spelled = specialTokens.stream().filter(content::contains).findFirst();
      if (spelled.isPresent()) {
        throw new InvalidInputException(
            List.of(
                Problem.at(
                    place,
                    "corpus-special-token",
                    "messages[%d].content: %s".formatted(turn, spelled.get()),
                    "The message spells a special token, with which it could end its own turn.",
                    "Write it otherwise, or leave the conversation out.")));
      }
    }
  }

  private static InvalidInputException refused(String place, String field, String message) {
    return new InvalidInputException(
        List.of(
            Problem.at(
                place,
                "chat-template-refuses",
                field,
                message,
                "Write the conversation as the template wants it, use loss: all, or give prompt and"
                    + " completion.")));
  }
}

package io.holdfast.data.corpus;

import io.holdfast.contracts.problem.Problem;

/** The problems that a corpus file or one of its lines can have. */
final class CorpusProblems {

  private static final int EXCERPT = 60;

  private CorpusProblems() {}

  static Problem empty(String place) {
    return Problem.at(
        place, "corpus-empty", null, "There is no text in it.", "Remove it, or put text into it.");
  }

  static Problem notUtf8(String place, long offset, int octet) {
    return Problem.at(
        place,
        "corpus-not-utf8",
        "byte %d (0x%02x)".formatted(offset, octet),
        "This byte of the (decompressed) file is not part of any UTF-8 character.",
        "Save the text as UTF-8; iconv converts other encodings.");
  }

  static Problem brokenJson(String place, String line, int column, String cause) {
    return Problem.at(
        place,
        "corpus-broken-json",
        excerpt(line),
        "The line is not one JSON object: column %d, %s.".formatted(column, cause),
        "Write one complete JSON object on each line, such as {\"text\":\"...\"}.");
  }

  static Problem wrongType(String place, String field, String found) {
    return Problem.at(
        place,
        "corpus-wrong-type",
        field + " is " + found,
        "The field must be a string.",
        "Write \"%s\":\"...\".".formatted(field));
  }

  static Problem noText(String place, String line) {
    return Problem.at(
        place,
        "corpus-no-text",
        excerpt(line),
        "The record has neither \"text\", nor \"prompt\" and \"completion\", nor \"messages\".",
        "Name the field with the text \"text\", or give both \"prompt\" and \"completion\".");
  }

  static Problem wrongMessage(String place, String field) {
    return Problem.at(
        place,
        "corpus-wrong-message",
        field,
        "The messages are no list of turns, each with a role and what was said.",
        "Write \"messages\":[{\"role\":\"user\",\"content\":\"...\"},...].");
  }

  static Problem noCompletion(String place) {
    return Problem.at(
        place,
        "corpus-no-completion",
        "loss: completion",
        "The corpus's loss is on completions, and this document has none.",
        "Give \"prompt\" and a \"completion\" with text, or \"messages\" with a turn of the assistant's,"
            + " or leave loss: completion out.");
  }

  static Problem halfSurrogate(String place, String field) {
    return Problem.at(
        place,
        "corpus-not-unicode",
        field,
        "The string has half of a surrogate pair, which no UTF-8 text can have.",
        "Write the whole character, or leave the \\ud800-\\udfff escape out.");
  }

  static Problem tooLong(String place, int limit) {
    return Problem.at(
        place,
        "corpus-document-too-long",
        "more than %,d bytes".formatted(limit),
        "A document is read into memory whole, and this one is too long for that.",
        "Divide it into shorter documents: JSONL with one document on each line, or one file each.");
  }

  static Problem expandsTooMuch(String place, int ratio) {
    return Problem.at(
        place,
        "corpus-expands-too-much",
        "more than %d to 1".formatted(ratio),
        "The file decompresses to far more than text does, as a decompression bomb would.",
        "If the file is genuine, decompress it and give it uncompressed.");
  }

  static Problem damaged(String place, String cause) {
    return Problem.at(
        place,
        "corpus-damaged-compression",
        cause,
        "The file cannot be decompressed to its end.",
        "Copy or compress it again; its name must end as its format does, .gz or .zst.");
  }

  static Problem unreadable(String place, String cause) {
    return Problem.at(
        place,
        "corpus-unreadable",
        cause,
        "The file or folder cannot be read.",
        "See to it that the data service may read it.");
  }

  static Problem unsupportedFormat(String place, String ending) {
    return Problem.at(
        place,
        "corpus-unsupported-format",
        ending,
        "This format is not read.",
        "Give JSONL (.jsonl) or plain text, each plain, .gz or .zst, or a glob that leaves it out.");
  }

  static String excerpt(String line) {
    String visible = line.strip().replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= EXCERPT ? visible : visible.substring(0, EXCERPT) + "…";
  }
}

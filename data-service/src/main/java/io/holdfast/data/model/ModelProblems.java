package io.holdfast.data.model;

import io.holdfast.contracts.problem.Problem;

/** What can be wrong with a user's model directory beside what the engine finds in its files. */
final class ModelProblems {

  private ModelProblems() {}

  static Problem leadsOutside(String place, String called) {
    return Problem.at(
        place,
        "model-outside-roots",
        called,
        "This is a symbolic link to somewhere that the data service may not read.",
        "Put the file itself there, or add its folder to holdfast.corpora.roots.");
  }

  static Problem notAFile(String called) {
    return Problem.at(
        called,
        "model-unreadable",
        null,
        "It is no file, or a symbolic link to nothing.",
        "Fetch all of the model's files again.");
  }

  static Problem tooManyFiles(String place, String path, int most) {
    return Problem.at(
        place,
        "model-too-many-files",
        path,
        "The folder holds more than %,d files of a model.".formatted(most),
        "Name the folder of one model.");
  }

  static Problem unreadable(String place, String cause) {
    return Problem.at(
        place,
        "model-unreadable",
        cause,
        "The file or folder cannot be read.",
        "See to it that the data service may read it.");
  }

  static Problem changed(String called) {
    return Problem.at(
        called,
        "model-changed",
        null,
        "The file changed while the model was copied.",
        "Submit the study again once the model stays as it is.");
  }

  static Problem damaged(String called) {
    return Problem.at(
        called,
        "checksum-mismatch",
        null,
        "The file is not the one that was published with this checkpoint.",
        "Copy the checkpoint again.");
  }
}

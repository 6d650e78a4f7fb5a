package io.holdfast.data.corpus;

/**
 * A document with its place in the corpus's splits.
 *
 * @param order sort key within the split
 * @param bytes UTF-8 bytes of the text
 */
public record PlacedDocument(Document document, Split split, OrderKey order, int bytes) {}

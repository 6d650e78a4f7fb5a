package io.holdfast.task.factbook;

/**
 * A question about a country.
 *
 * @param id unique
 * @param country code of the country
 * @param prompt ends with {@code Answer:}
 * @param answer one line, without white space around it
 */
record Question(String id, String country, String prompt, String answer) {}

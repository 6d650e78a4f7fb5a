/**
 * A report as data, and its two forms: one HTML page that stands alone, and Markdown with figures
 * beside it. Words, tables and figures are said once, in blocks; a form only sets them. Knows
 * nothing of studies.
 */
package io.holdfast.frontier.report.document;

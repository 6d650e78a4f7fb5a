/**
 * Figures: scatter plots with lines, as SVG for reports and pages and as characters for terminals.
 * Knows axes, series and shapes, nothing of studies.
 */
package io.holdfast.figure;

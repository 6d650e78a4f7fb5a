/**
 * Who may do what over HTTP, for all four services: bearer tokens, roles, and answers to those who
 * may not. See docs/guides/security.md.
 */
package io.holdfast.kit.security;

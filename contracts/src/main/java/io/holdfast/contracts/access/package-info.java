/** What those who ask show to be let in. */
package io.holdfast.contracts.access;

/** For the tests of all services: this package is what the kit's test jar holds. */
package io.holdfast.kit.testing;

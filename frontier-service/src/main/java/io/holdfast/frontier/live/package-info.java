/** Live events: stored with the change they tell of, streamed from any point, to anybody. */
package io.holdfast.frontier.live;

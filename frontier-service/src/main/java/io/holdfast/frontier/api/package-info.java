/**
 * HTTP: the bodies of requests and answers, and the resources that serve them. JSON is snake_case.
 */
package io.holdfast.frontier.api;

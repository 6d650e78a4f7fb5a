/**
 * The retention matrix: every evaluation at every stage boundary, with forgetting and backward
 * transfer as the continual-learning literature defines them. Pure.
 */
package io.holdfast.frontier.retention;

/**
 * The theory of early exposure (arXiv 2605.12705): a two-layer linear network that is pretrained,
 * post-trained and fine-tuned. {@link io.holdfast.theory.LinearNetwork} descends the gradient of
 * whole matrices, {@link io.holdfast.theory.Recursion} of one number per feature, {@link
 * io.holdfast.theory.Logistic} is the closed form of small learning rates, and {@link
 * io.holdfast.theory.Forgetting} what is left when every stage converges. Time is measured in
 * learning rate × steps, so that the three share an axis.
 */
package io.holdfast.theory;

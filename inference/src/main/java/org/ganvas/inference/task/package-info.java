/**
 * The Java API that programs embed: upscaling, translation and generation of pictures.
 *
 * <p>Pictures come from files or from memory; bytes become one by {@link
 * org.ganvas.inference.image.ImageDecoder}, and one becomes bytes by {@link
 * org.ganvas.inference.image.ImageEncoder}:
 *
 * <pre>{@code
 * DecodedPhoto photo = new ImageDecoder().decode(bytes);
 * PictureRows enlarged = upscaler.rows(photo.picture(), UpscaleOptions.DEFAULT);
 * new ImageEncoder().write(enlarged, photo.metadata(), OutputFormat.PNG, stream);
 * }</pre>
 *
 * <p>Java's own images become pictures, and the results images, by {@link
 * org.ganvas.inference.image.BufferedImages}:
 *
 * <pre>{@code
 * Picture picture = BufferedImages.picture(image);
 * BufferedImage enlarged = BufferedImages.image(upscaler.rows(picture, UpscaleOptions.DEFAULT));
 * }</pre>
 *
 * <p>What else a program should know that embeds it:
 *
 * <ul>
 *   <li>What was opened is to be closed before the program ends, by a shutdown hook if need be:
 *       libtorch crashes a Java machine that ends while it computes.
 *   <li>Interrupting a thread ends its waiting for a model to be loaded, with a {@link
 *       org.ganvas.inference.model.ModelException}, and nothing else; what is being computed ends
 *       by {@link org.ganvas.inference.task.Progress#cancelled}, or by closing.
 *   <li>Only one class loader of a Java machine can load libtorch: several applications in one
 *       server share a library that lies where all of them find it.
 *   <li>Opening a model sets the system properties {@code OPT_OUT_TRACKING} and {@code
 *       ai.djl.offline}: nothing in this Java machine that uses DJL reports or downloads anything
 *       from then on.
 *   <li>DJL unpacks libtorch into {@code ~/.djl.ai}, or the folder that {@code DJL_CACHE_DIR}
 *       names, a variable of the environment or a system property. How a model is computed fastest
 *       is remembered in the user's cache folder ({@code ~/.cache/ganvas} on Linux), or the folder
 *       that the system property {@code ganvas.cache} names; if that cannot be written, it is
 *       measured by each program.
 *   <li>DJL logs to SLF4J, for which the program brings a provider, or none.
 * </ul>
 */
@NullMarked
package org.ganvas.inference.task;

import org.jspecify.annotations.NullMarked;

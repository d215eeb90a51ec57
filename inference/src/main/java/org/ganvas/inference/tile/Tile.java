package org.ganvas.inference.tile;

/**
 * A piece of a picture.
 *
 * @param source what is given to the network: the inner pixels and the margin around them, as far
 *     as the picture reaches
 * @param inner the pixels that this tile is for; those of all tiles are the picture, each pixel
 *     once
 */
public record Tile(Rectangle source, Rectangle inner) {}

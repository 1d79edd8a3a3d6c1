// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

/**
 * How much one payload may expand to; a payload beyond is malformed.
 *
 * @param maxDepth templates and property sets within each other
 * @param maxElements metrics, properties, parameters, cells and elements of arrays together
 * @param maxDecompressedBytes bytes of a compressed payload after decompression
 */
public record DecoderLimits(int maxDepth, int maxElements, int maxDecompressedBytes) {
  /** Far beyond what edge nodes send. */
  public static final DecoderLimits DEFAULT = new DecoderLimits(32, 1_000_000, 64 * 1024 * 1024);
}

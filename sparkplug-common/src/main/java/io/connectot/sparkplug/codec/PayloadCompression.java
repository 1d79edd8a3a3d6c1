// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** The compression of bodies. */
final class PayloadCompression {
  static final String DEFLATE = "DEFLATE";
  static final String GZIP = "GZIP";

  private PayloadCompression() {}

  /**
   * The bytes before compression.
   *
   * @param max how many there may be
   */
  static byte[] decompress(String algorithm, byte[] bytes, int max)
      throws MalformedPayloadException {
    try (InputStream in = open(algorithm, bytes)) {
      byte[] decompressed = in.readNBytes(max);
      if (in.read() >= 0) {
        throw new MalformedPayloadException(
            "the compressed body has more than " + max + " bytes after decompression");
      }
      return decompressed;
    } catch (IOException e) {
      throw new MalformedPayloadException(
          "the body cannot be decompressed by " + algorithm + ": " + e.getMessage(), e);
    }
  }

  static byte[] compress(String algorithm, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressing =
        algorithm.equalsIgnoreCase(GZIP)
            ? new GZIPOutputStream(out)
            : new DeflaterOutputStream(out)) {
      compressing.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static InputStream open(String algorithm, byte[] bytes)
      throws IOException, MalformedPayloadException {
    InputStream in = new ByteArrayInputStream(bytes);
    return switch (algorithm.toUpperCase(Locale.ROOT)) {
      case DEFLATE -> new InflaterInputStream(in);
      case GZIP -> new GZIPInputStream(in);
      default ->
          throw new MalformedPayloadException(
              "the compression algorithm " + algorithm + " is neither GZIP nor DEFLATE");
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** How payloads are compressed: {@code mqtt.compression}. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** RFC 1952. */
  GZIP,
  /** RFC 1950. */
  ZLIB,
  /** GZIP or ZLIB where the payload begins as one of them does, else not at all. */
  AUTO;

  private static final int CHUNK = 8192;

  /**
   * The payload as it was before it was compressed.
   *
   * @param maxBytes the longest result
   * @throws PayloadException when the payload is not compressed in this way, or becomes too long
   */
  public byte[] decompress(byte[] payload, int maxBytes) throws PayloadException {
    byte[] plain =
        switch (this) {
          case NONE -> payload;
          case GZIP -> inflate(payload, true, maxBytes);
          case ZLIB -> inflate(payload, false, maxBytes);
          case AUTO ->
              isGzip(payload)
                  ? inflate(payload, true, maxBytes)
                  : isZlib(payload) ? inflate(payload, false, maxBytes) : payload;
        };
    if (plain.length > maxBytes) {
      throw tooLong(maxBytes);
    }
    return plain;
  }

  private static byte[] inflate(byte[] payload, boolean gzip, int maxBytes)
      throws PayloadException {
    // A message that deletes a retained one has no payload, compressed or not.
    if (payload.length == 0) {
      return payload;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.min(maxBytes, 4 * CHUNK));
    try (InputStream compressed = new ByteArrayInputStream(payload);
        InputStream in =
            gzip ? new GZIPInputStream(compressed) : new InflaterInputStream(compressed)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (n > maxBytes - plain.size()) {
          throw tooLong(maxBytes);
        }
        plain.write(chunk, 0, n);
      }
    } catch (IOException e) {
      throw new PayloadException(
          "the payload is not compressed with "
              + (gzip ? "gzip" : "zlib")
              + ", or incomplete; correct 'compression', or the publisher",
          e);
    }
    return plain.toByteArray();
  }

  private static PayloadException tooLong(int maxBytes) {
    return new PayloadException(
        "the payload is longer than "
            + PayloadConfig.MAX_BYTES
            + "="
            + maxBytes
            + "; raise it if such payloads are right");
  }

  private static boolean isGzip(byte[] payload) {
    return payload.length > 2 && payload[0] == 0x1F && payload[1] == (byte) 0x8B && payload[2] == 8;
  }

  /** RFC 1950 §2.2: deflate with a window of at most 32 KiB, and a multiple of 31. */
  private static boolean isZlib(byte[] payload) {
    return payload.length > 2
        && (payload[0] & 0x0F) == 8
        && (payload[0] & 0xF0) <= 0x70
        && (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF)) % 31 == 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Payload compression: {@code mqtt.compression}. */
public enum Compression {
  /** None. */
  NONE,
  /** gzip (RFC 1952). */
  GZIP,
  /** zlib (RFC 1950). */
  ZLIB,
  /** Detects gzip and zlib by the first bytes; otherwise none. */
  AUTO;

  private static final int CHUNK = 8192;

  /**
   * Decompresses a payload.
   *
   * @param maxBytes maximum size of the result
   * @throws PayloadException when the payload is not compressed this way or too long
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
    // A payload that deletes a retained message is empty, compressed or not.
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
        "the payload is longer than mqtt.payload.max.bytes="
            + maxBytes
            + "; raise it if such payloads are right, for payloads that pass through together with"
            + " record.max.bytes, producer.override.max.request.size of the connector and"
            + " max.message.bytes of the Kafka topic");
  }

  private static boolean isGzip(byte[] payload) {
    return payload.length > 2 && payload[0] == 0x1F && payload[1] == (byte) 0x8B && payload[2] == 8;
  }

  /** RFC 1950 §2.2: deflate, a window of at most 32 KiB, and a header divisible by 31. */
  private static boolean isZlib(byte[] payload) {
    return payload.length > 2
        && (payload[0] & 0x0F) == 8
        && (payload[0] & 0xF0) <= 0x70
        && (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF)) % 31 == 0;
  }
}

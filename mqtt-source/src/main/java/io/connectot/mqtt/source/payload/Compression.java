// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

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

  /** The bit of the second byte of zlib that says that a dictionary is needed. */
  private static final int DICTIONARY = 0x20;

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
          case AUTO -> detected(payload, maxBytes);
        };
    if (plain.length > maxBytes) {
      throw tooLong(maxBytes);
    }
    return plain;
  }

  /** Some texts begin with two characters that are also a header of zlib, such as {@code 8O}. */
  private static byte[] detected(byte[] payload, int maxBytes) throws PayloadException {
    if (isGzip(payload)) {
      return inflate(payload, true, maxBytes);
    }
    if (!isZlib(payload)) {
      return payload;
    }
    try {
      return inflate(payload, false, maxBytes);
    } catch (PayloadException e) {
      if (isText(payload)) {
        return payload;
      }
      throw e;
    }
  }

  private static byte[] inflate(byte[] payload, boolean gzip, int maxBytes)
      throws PayloadException {
    // A payload that deletes a retained message is empty, compressed or not.
    if (payload.length == 0) {
      return payload;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.min(maxBytes, 4 * CHUNK));
    Inflater inflater = new Inflater();
    try (InputStream compressed = new ByteArrayInputStream(payload);
        InputStream in =
            gzip
                ? new GZIPInputStream(compressed)
                : new InflaterInputStream(compressed, inflater)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (n > maxBytes - plain.size()) {
          throw tooLong(maxBytes);
        }
        plain.write(chunk, 0, n);
      }
      if (!gzip && !inflater.finished()) {
        // The stream ends like a complete one.
        throw new ZipException("it needs a dictionary");
      }
    } catch (IOException e) {
      throw new PayloadException(
          "the payload is not compressed with "
              + (gzip ? "gzip" : "zlib")
              + ", or incomplete; correct 'compression', or the publisher",
          e);
    } finally {
      inflater.end();
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

  private static boolean isText(byte[] payload) {
    for (byte b : payload) {
      if ((b < ' ' || b > '~') && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * RFC 1950 §2.2: deflate, a window of at most 32 KiB, no preset dictionary, and a header that is
   * divisible by 31.
   */
  private static boolean isZlib(byte[] payload) {
    return payload.length > 2
        && (payload[0] & 0x0F) == 8
        && (payload[0] & 0xF0) <= 0x70
        && (payload[1] & DICTIONARY) == 0
        && (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF)) % 31 == 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

/** Bytes that are not a Sparkplug B payload, or one that exceeds the decoder's limits. */
public final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A payload that is malformed in the way {@code message} says. */
  public MalformedPayloadException(String message) {
    super(message);
  }

  /** A payload that the reader of the binary form refuses. */
  public MalformedPayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue.TextValue;
import io.connectot.sparkplug.payload.Payload;

/** Decodes payloads, compressed ones too. Immutable; threads may share it. */
public final class PayloadDecoder {
  /** The {@code uuid} of a payload whose body is another one, compressed. */
  static final String COMPRESSED = "SPBV1.0_COMPRESSED";

  private final DecoderLimits limits;

  /** A decoder with limits far beyond what edge nodes send. */
  public PayloadDecoder() {
    this(DecoderLimits.DEFAULT);
  }

  /** A decoder with these limits. */
  public PayloadDecoder(DecoderLimits limits) {
    this.limits = limits;
  }

  /**
   * The payload in these bytes. For a compressed payload, the payload in it, with the sequence
   * number and the time of the outer one where it has none. Whole numbers of metrics without a data
   * type are {@link io.connectot.sparkplug.payload.MetricValue.UntypedInteger}; values that do not
   * match their type are {@link io.connectot.sparkplug.payload.MetricValue.InvalidValue}.
   *
   * @throws MalformedPayloadException when the bytes are not a payload; nothing else is thrown
   */
  public Payload decode(byte[] bytes) throws MalformedPayloadException {
    Payload payload = new PayloadReader(bytes, limits).read();
    return COMPRESSED.equals(payload.uuid()) ? decompress(payload) : payload;
  }

  private Payload decompress(Payload outer) throws MalformedPayloadException {
    byte[] body = outer.body() == null ? new byte[0] : outer.body();
    byte[] bytes =
        PayloadCompression.decompress(algorithm(outer), body, limits.maxDecompressedBytes());
    Payload inner = new PayloadReader(bytes, limits).read();
    if (COMPRESSED.equals(inner.uuid())) {
      throw new MalformedPayloadException("a compressed payload is in a compressed payload");
    }
    return new Payload(
        inner.timestamp() == null ? outer.timestamp() : inner.timestamp(),
        inner.seq() == null ? outer.seq() : inner.seq(),
        inner.uuid(),
        inner.body(),
        inner.metrics());
  }

  private static String algorithm(Payload payload) {
    for (Metric metric : payload.metrics()) {
      if ("algorithm".equals(metric.name()) && metric.value() instanceof TextValue text) {
        return text.value();
      }
    }
    return PayloadCompression.DEFLATE;
  }
}

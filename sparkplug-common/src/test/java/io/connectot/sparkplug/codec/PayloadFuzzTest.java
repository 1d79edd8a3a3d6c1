// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.Payload;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of any kind give a payload or a {@link MalformedPayloadException}, nothing else. */
class PayloadFuzzTest {
  private static final int ROUNDS = 20_000;

  private final Random random = new Random(20_261_129);
  private final PayloadDecoder decoder = new PayloadDecoder(new DecoderLimits(8, 10_000, 100_000));

  @Test
  void randomBytes() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      decode(bytes);
    }
  }

  @Test
  void changedPayloads() {
    PayloadSamples samples = new PayloadSamples(21);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = PayloadEncoder.encode(samples.payload());
      for (int change = 0; change < ROUNDS / 200; change++) {
        decode(changed(bytes));
      }
    }
  }

  @Test
  void changedCompressedPayloads() {
    byte[] payload = PayloadEncoder.encode(new PayloadSamples(22).payload());
    for (String algorithm : new String[] {"GZIP", "DEFLATE"}) {
      byte[] bytes = PayloadEncoder.compress(algorithm, payload);
      for (int i = 0; i < ROUNDS / 8; i++) {
        decode(changed(bytes));
        decode(PayloadEncoder.compress(algorithm, changed(payload)));
      }
    }
  }

  @Test
  void cutPayloads() {
    byte[] bytes = PayloadEncoder.encode(new PayloadSamples(23).payload());
    for (int length = 0; length < bytes.length; length++) {
      decode(Arrays.copyOf(bytes, length));
    }
  }

  private byte[] changed(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  private void decode(byte[] bytes) {
    byte[] before = bytes.clone();
    try {
      Payload payload = decoder.decode(bytes);
      for (Metric metric : payload.metrics()) {
        for (DataType type : DataType.values()) {
          assertThat(metric.as(type)).isNotNull();
        }
      }
    } catch (MalformedPayloadException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(HexFormat.of().formatHex(before), e);
    }
    assertThat(bytes).isEqualTo(before);
  }
}

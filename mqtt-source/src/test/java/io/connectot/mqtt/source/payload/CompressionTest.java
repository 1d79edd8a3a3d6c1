// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final int MAX = 1000;
  private static final byte[] TEXT = "{\"value\": 21.5}".getBytes(StandardCharsets.UTF_8);

  private static byte[] compressed(byte[] plain, boolean gzip) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream stream = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      stream.write(plain);
    }
    return out.toByteArray();
  }

  @Test
  void readsWhatItIsToldTo() throws Exception {
    assertThat(Compression.NONE.decompress(TEXT, MAX)).isSameAs(TEXT);
    assertThat(Compression.GZIP.decompress(compressed(TEXT, true), MAX)).isEqualTo(TEXT);
    assertThat(Compression.ZLIB.decompress(compressed(TEXT, false), MAX)).isEqualTo(TEXT);
  }

  @Test
  void seesWhatItIs() throws Exception {
    assertThat(Compression.AUTO.decompress(TEXT, MAX)).isSameAs(TEXT);
    assertThat(Compression.AUTO.decompress(compressed(TEXT, true), MAX)).isEqualTo(TEXT);
    assertThat(Compression.AUTO.decompress(compressed(TEXT, false), MAX)).isEqualTo(TEXT);
  }

  /** The first two characters are a header of zlib. */
  @ParameterizedTest
  @ValueSource(
      strings = {"80.5", "80.500", "80,21.5", "80,1795914262", "H,1", "hb1", "x?", "8O,1", "x^2"})
  void seesThatATextIsNotCompressed(String text) throws Exception {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Compression.AUTO.decompress(payload, MAX)).isEqualTo(payload);
  }

  @Test
  void refusesWhatNeedsADictionary() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(TEXT);
    deflater.setInput(TEXT);
    deflater.finish();
    byte[] compressed = new byte[MAX];
    int length = deflater.deflate(compressed);
    byte[] payload = Arrays.copyOf(compressed, length);
    deflater.end();
    assertThatThrownBy(() -> Compression.ZLIB.decompress(payload, MAX))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("not compressed with zlib");
  }

  @Test
  void leavesNothingAsNothing() throws Exception {
    for (Compression compression : Compression.values()) {
      assertThat(compression.decompress(new byte[0], MAX)).isEmpty();
    }
  }

  @Test
  void stopsAtTheLongestPayload() throws Exception {
    byte[] bomb = compressed(new byte[100_000_000], true);
    assertThatThrownBy(() -> Compression.GZIP.decompress(bomb, MAX))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("mqtt.payload.max.bytes=1000");
    assertThatThrownBy(() -> Compression.NONE.decompress(new byte[MAX + 1], MAX))
        .isInstanceOf(PayloadException.class);
    assertThat(Compression.GZIP.decompress(compressed(new byte[MAX], true), MAX)).hasSize(MAX);
  }

  @Test
  void refusesWhatIsNotCompressedOrIncomplete() throws Exception {
    assertThatThrownBy(() -> Compression.GZIP.decompress(TEXT, MAX))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("gzip");
    byte[] whole = compressed(TEXT, false);
    byte[] part = Arrays.copyOf(whole, whole.length - 6);
    assertThatThrownBy(() -> Compression.ZLIB.decompress(part, MAX))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("incomplete");
  }
}
